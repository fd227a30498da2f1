# The computer and its operating system.

"""
    Sys

What the program runs on: the operating system, processors and memory.
"""
module Sys

using ..Base: @v_str, VersionNumber, AbstractString, IO

export isbsd, isdragonfly, isfreebsd, isnetbsd, isopenbsd, isapple, islinux, isunix, iswindows, isjsvm, isexecutable, isreadable, iswritable,
    username, total_memory, free_memory, total_physical_memory, free_physical_memory, uptime, loadavg, maxrss, which

fact(key) = Core.Prims.sys_info(key)
arch_name(s) = Symbol(s == "amd64" ? "x86_64" : s == "arm64" ? "aarch64" : s)
kernel_name(s) = Symbol(s == "linux" ? "Linux" : s == "darwin" ? "Darwin" : s == "windows" ? "NT" : s)
const ARCH = arch_name(fact(:arch))
const KERNEL = kernel_name(fact(:os))
const WORD_SIZE = 64
const CPU_THREADS = fact(:cpus)
const MACHINE = string(ARCH, "-", lowercase(string(KERNEL)))
const BINDIR = (exe = fact(:exe); exe[1:prevind(exe, something(findlast(in("/\\"), exe), 1))])
const CPU_NAME = "generic"
const JIT = "weft"
const STDLIB = "stdlib"

const unix_systems = (:Linux, :Darwin, :Apple, :FreeBSD, :OpenBSD, :NetBSD, :DragonFly, :GNU, :SunOS, :Emscripten)
"""
    Sys.isunix([os])

Whether the operating system, by default the running one, is a kind of Unix.
"""
isunix(os::Symbol=KERNEL) = os in unix_systems ? true : os in (:Windows, :NT) ? false : throw(ArgumentError(string("unknown operating system \"", os, "\"")))
"    Sys.islinux([os])\n\nWhether the operating system is Linux."
islinux(os::Symbol=KERNEL) = os === :Linux
"    Sys.isbsd([os])\n\nWhether the operating system is derived from BSD, as macOS is."
isbsd(os::Symbol=KERNEL) = isfreebsd(os) || isopenbsd(os) || isnetbsd(os) || isdragonfly(os) || isapple(os)
"    Sys.isfreebsd([os])\n\nWhether the operating system is FreeBSD."
isfreebsd(os::Symbol=KERNEL) = os === :FreeBSD
"    Sys.isopenbsd([os])\n\nWhether the operating system is OpenBSD."
isopenbsd(os::Symbol=KERNEL) = os === :OpenBSD
"    Sys.isnetbsd([os])\n\nWhether the operating system is NetBSD."
isnetbsd(os::Symbol=KERNEL) = os === :NetBSD
"    Sys.isdragonfly([os])\n\nWhether the operating system is DragonFly."
isdragonfly(os::Symbol=KERNEL) = os === :DragonFly
"    Sys.iswindows([os])\n\nWhether the operating system is Windows."
iswindows(os::Symbol=KERNEL) = os === :Windows || os === :NT
"    Sys.isapple([os])\n\nWhether the operating system is macOS."
isapple(os::Symbol=KERNEL) = os === :Apple || os === :Darwin
"    Sys.isjsvm([os])\n\nWhether the program runs in a JavaScript engine."
isjsvm(os::Symbol=KERNEL) = os === :Emscripten
"    Sys.windows_version()\n\nThe version of Windows; `v\"0.0.0\"` elsewhere."
windows_version() = v"0.0.0"

# A file of the proc file system; empty where there is none.
proc_text(name) = Base.isfile("/proc/" * name) ? Base.read("/proc/" * name, String) : ""
proc_lines(name) = split(proc_text(name), '\n'; keepempty=false)

# A line "MemTotal:  123 kB" in bytes, or the default.
function memory(key, default)
    for line in proc_lines("meminfo")
        startswith(line, key * ":") && return parse(UInt64, split(line)[2]) * 1024
    end
    default
end
"    Sys.total_memory()\n\nThe memory of the computer in bytes."
total_memory() = memory("MemTotal", UInt64(Core.Prims.mem_stats()[1]))
"    Sys.free_memory()\n\nThe memory that programs can still get, in bytes."
free_memory() = memory("MemAvailable", UInt64(0))
total_physical_memory() = total_memory()
free_physical_memory() = free_memory()
"    Sys.maxrss()\n\nThe most memory that this process has used, in bytes."
function maxrss()
    for line in proc_lines("self/status")
        startswith(line, "VmHWM:") && return parse(UInt64, split(line)[2]) * 1024
    end
    UInt64(Core.Prims.mem_stats()[1])
end
"    Sys.uptime()\n\nHow long the computer runs, in seconds."
uptime() = (t = proc_text("uptime"); isempty(t) ? Core.Prims.clock_ns() / 1e9 : parse(Float64, split(t)[1]))
"    Sys.loadavg()\n\nThe average load of the last 1, 5 and 15 minutes."
loadavg() = (t = split(proc_text("loadavg")); length(t) < 3 ? (0.0, 0.0, 0.0) : (parse(Float64, t[1]), parse(Float64, t[2]), parse(Float64, t[3])))

"A processor: its model, speed in MHz, and how long it did what, in ticks."
struct CPUinfo
    model::String
    speed::Int32
    cpu_times!user::UInt64
    cpu_times!nice::UInt64
    cpu_times!sys::UInt64
    cpu_times!idle::UInt64
    cpu_times!irq::UInt64
end
"    Sys.cpu_info()\n\nThe processors, as a vector of `CPUinfo`."
function cpu_info()
    model, speed = "unknown", 0
    for line in proc_lines("cpuinfo")
        startswith(line, "model name") && (model = strip(split(line, ':')[2]))
        startswith(line, "cpu MHz") && (speed = floor(Int, parse(Float64, split(line, ':')[2])))
    end
    out = CPUinfo[]
    for line in proc_lines("stat")
        occursin(r"^cpu\d", line) || continue
        t = [parse(UInt64, x) for x in split(line)[2:7]]
        push!(out, CPUinfo(model, speed, t[1], t[2], t[3], t[4], t[6]))
    end
    while length(out) < CPU_THREADS
        push!(out, CPUinfo(model, speed, 0, 0, 0, 0, 0))
    end
    out
end
function Base.show(io::IO, c::CPUinfo)
    show_cpu(io, c, true, "")
end
function show_cpu(io::IO, c::CPUinfo, header::Bool, prefix)
    header && println(io, c.model, ": ")
    print(io, " "^textwidth(prefix))
    println(io, "    speed         user         nice          sys         idle          irq")
    print(io, prefix, lpad(c.speed, 5), " MHz")
    for t in (c.cpu_times!user, c.cpu_times!nice, c.cpu_times!sys, c.cpu_times!idle, c.cpu_times!irq)
        print(io, "  ", lpad(t, 9), " s")
    end
    nothing
end
"    Sys.cpu_summary([io])\n\nPrint a table of the processors."
function cpu_summary(io::IO=Base.stdout, cpus=cpu_info())
    for (i, c) in enumerate(cpus)
        show_cpu(io, c, i == 1, string("#", i, " "))
        println(io)
    end
end

# The title of the process as other programs see it.
mutable struct ProcessTitle
    text::String
end
const process_title = ProcessTitle("weft")
"    Sys.get_process_title()\n\nThe title of the process."
get_process_title() = process_title.text
"    Sys.set_process_title(title)\n\nGive the process a title; other programs do not see it."
set_process_title(title::AbstractString) = (process_title.text = String(title); nothing)

"    Sys.username()\n\nThe name of the user who runs the program."
username() = get(Base.ENV, "USER", get(Base.ENV, "USERNAME", ""))

"""
    Sys.which(program)

The path of a program as the shell would find it, or nothing.
"""
function which(program::AbstractString)
    occursin('/', program) && return Base.isfile(program) && isexecutable(program) ? Base.abspath(program) : nothing
    for dir in split(get(Base.ENV, "PATH", ""), iswindows() ? ';' : ':')
        file = Base.joinpath(isempty(dir) ? "." : dir, program)
        Base.isfile(file) && isexecutable(file) && return Base.abspath(file)
    end
    nothing
end
permits(path, bit) = Base.ispath(path) && Base.filemode(path) & (bit * 0o111) != 0
isexecutable(path::AbstractString) = permits(path, 0o1)
iswritable(path::AbstractString) = permits(path, 0o2)
isreadable(path::AbstractString) = permits(path, 0o4)
end
