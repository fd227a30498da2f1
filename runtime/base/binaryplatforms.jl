# Base.BinaryPlatforms: names of systems that compiled programs are for.

"""
    Base.BinaryPlatforms

Systems by processor, operating system and what else matters for compiled code: `Platform("x86_64", "linux")`.
"""
module BinaryPlatforms

import ..Base: ==, hash, getindex, keys, show

export AbstractPlatform, Platform, HostPlatform, platform_dlext, tags, arch, os, os_version, libc, call_abi, wordsize, triplet, select_platform,
    platforms_match, platform_name, libgfortran_version, libstdcxx_version, cxxstring_abi

abstract type AbstractPlatform end
"""
    Platform(arch, os; libc, call_abi, libgfortran_version, ...)

A system that compiled programs are for. What else is named becomes a tag of it.
"""
struct Platform <: AbstractPlatform
    tags::Dict{String,String}
    function Platform(arch::String, os::String, more::Dict{String}=Dict{String,Any}(); kw...)
        tags = Dict{String,String}("arch" => arch_name(lowercase(arch)), "os" => lowercase(os))
        for (k, v) in (more..., (string(k) => v for (k, v) in kw)...)
            v === nothing || (tags[k] = tag_text(k, v))
        end
        if tags["os"] == "linux"
            get!(tags, "libc", "glibc")
            tags["arch"] in ("armv7l", "armv6l") && get!(tags, "call_abi", "eabihf")
        end
        new(tags)
    end
end
arch_name(s) = s in ("amd64", "x86_64", "x64") ? "x86_64" : s in ("arm64", "aarch64") ? "aarch64" : s in ("i386", "i586", "i686", "x86") ? "i686" :
    s in ("x86_64", "armv7l", "armv6l", "powerpc64le", "riscv64") ? s : s == "ppc64le" ? "powerpc64le" : throw(ArgumentError("Platform: unknown architecture $(repr(s))"))
tag_text(k, v::VersionNumber) = endswith(k, "version") ? string(v) : string(v.major, '.', v.minor)
tag_text(k, v) = lowercase(string(v))

tags(p::Platform) = p.tags
getindex(p::AbstractPlatform, k::String) = getindex(tags(p), k)
keys(p::AbstractPlatform) = keys(tags(p))
==(a::Platform, b::Platform) = a.tags == b.tags
hash(p::Platform, h::UInt) = hash(p.tags, h)
"`arch(p)`: the processor of a platform."
arch(p::AbstractPlatform) = get(tags(p), "arch", nothing)
"`os(p)`: the operating system of a platform."
os(p::AbstractPlatform) = get(tags(p), "os", nothing)
libc(p::AbstractPlatform) = get(tags(p), "libc", nothing)
call_abi(p::AbstractPlatform) = get(tags(p), "call_abi", nothing)
cxxstring_abi(p::AbstractPlatform) = get(tags(p), "cxxstring_abi", nothing)
version_tag(p, k) = haskey(tags(p), k) ? tryparse(VersionNumber, tags(p)[k]) : nothing
os_version(p::AbstractPlatform) = version_tag(p, "os_version")
libgfortran_version(p::AbstractPlatform) = version_tag(p, "libgfortran_version")
libstdcxx_version(p::AbstractPlatform) = version_tag(p, "libstdcxx_version")
"`wordsize(p)`: how many bits a word has."
wordsize(p::AbstractPlatform) = arch(p) in ("i686", "armv6l", "armv7l") ? 32 : 64
platform_dlext(p::AbstractPlatform=HostPlatform()) = os(p) == "windows" ? "dll" : os(p) == "macos" ? "dylib" : "so"
platform_name(p::AbstractPlatform) = get(Dict("linux" => "Linux", "macos" => "macOS", "windows" => "Windows", "freebsd" => "FreeBSD"), os(p), os(p))
"`triplet(p)`: a platform as one word: `x86_64-linux-gnu`."
function triplet(p::AbstractPlatform)
    o = os(p)
    s = string(arch(p), o == "linux" ? "-linux" : o == "macos" ? "-apple-darwin" : o == "windows" ? "-w64-mingw32" : "-unknown-" * o)
    o == "linux" && (s *= libc(p) == "musl" ? "-musl" : "-gnu")
    s *= something(call_abi(p), "")
    v = libgfortran_version(p)
    v === nothing || (s *= "-libgfortran$(v.major)")
    cxxstring_abi(p) === nothing || (s *= "-$(cxxstring_abi(p))")
    for k in sort!(collect(keys(tags(p))))
        k in ("arch", "os", "libc", "call_abi", "libgfortran_version", "cxxstring_abi", "os_version", "libstdcxx_version") || (s *= "-$k+$(p[k])")
    end
    s
end
show(io::IO, p::Platform) = (print(io, platform_name(p), " ", arch(p)); libc(p) === nothing || print(io, " {libc=", libc(p), "}"))
"`platforms_match(a, b)`: whether what is compiled for one runs on the other: all tags that both have are equal."
platforms_match(a::AbstractPlatform, b::AbstractPlatform) = all(get(tags(b), k, v) == v for (k, v) in tags(a))
"`HostPlatform()`: the platform that this program runs on."
HostPlatform() = Platform(string(Sys.ARCH), Sys.islinux() ? "linux" : Sys.isapple() ? "macos" : Sys.iswindows() ? "windows" : "freebsd")
"`select_platform(downloads, p)`: of a dictionary by platforms the entry that matches `p`; `nothing` if none does."
function select_platform(downloads::AbstractDict, p::AbstractPlatform=HostPlatform())
    fit = [q for q in keys(downloads) if platforms_match(q, p)]
    isempty(fit) ? nothing : downloads[last(sort!(fit; by=triplet))]
end

end
