# NetworkOptions: what the environment says of certificates, keys and the hosts that need no check.

"""
    NetworkOptions

How connections shall be made, by the environment's variables: where certificates are (`ca_roots`), keys and known
hosts of SSH (`ssh_key_path` and others), and which hosts need not prove who they are (`verify_host`).
"""
module NetworkOptions

export ca_roots, ca_roots_path, ssh_dir, ssh_key_pass, ssh_key_name, ssh_key_path, ssh_pub_key_path, ssh_known_hosts_files,
    ssh_known_hosts_file, verify_host

# A variable of the environment, nothing if it is not set or empty.
filled(name) = (v = get(ENV, name, ""); isempty(v) ? nothing : v)

## certificates

# The variables that say where certificates are; an empty first one hides the others.
const CA_ROOTS_VARS = ["JULIA_SSL_CA_ROOTS_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR"]

# Where systems keep them.
const system_places = Sys.islinux() ? ["/etc/ssl/cert.pem", "/etc/ssl/ca-bundle.pem", "/etc/ssl/ca-certificates.pem", "/etc/ssl/certs/ca-bundle.crt",
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/tls/certs/ca-certificates.crt", "/etc/pki/tls/cacert.pem"] :
    Sys.isbsd() && !Sys.isapple() ? ["/etc/ssl/cert.pem", "/usr/local/share/certs/ca-root-nss.crt", "/usr/local/etc/ssl/cert.pem"] : String[]
holds_certificates(path) = isfile(path) && any(line -> line in ("-----BEGIN CERTIFICATE-----", "-----BEGIN TRUSTED CERTIFICATE-----"), eachline(path))

"`bundled_ca_roots()`: where certificates of an installation would be. None come with this one."
bundled_ca_roots() = normpath(Sys.BINDIR, "..", "share", "julia", "cert.pem")

"""
    ca_roots()

The path of a file or folder of certificates, by `JULIA_SSL_CA_ROOTS_PATH`, `SSL_CERT_FILE` or `SSL_CERT_DIR`, else where
this system keeps them; `nothing` on systems that have no such file, whose own check is to be used.
"""
function ca_roots()
    named = named_roots()
    named === nothing && !Sys.iswindows() && !Sys.isapple() ? system_roots() : named
end
"""
    ca_roots_path()

As [`ca_roots`](@ref), but a path in any case.
"""
ca_roots_path() = something(named_roots(), system_roots())

function named_roots()
    for name in CA_ROOTS_VARS
        v = get(ENV, name, nothing)
        v == "" && startswith(name, "JULIA_") && return nothing
        something(v, "") == "" || return v
    end
    nothing
end
function system_roots()
    i = findfirst(holds_certificates, system_places)
    i === nothing ? bundled_ca_roots() : system_places[i]
end

## SSH

"`ssh_dir()`: the folder of SSH's files, `SSH_DIR` or `.ssh` in the home folder."
ssh_dir() = get(ENV, "SSH_DIR", joinpath(homedir(), ".ssh"))
"`ssh_key_pass()`: the word that opens the key, `SSH_KEY_PASS`, or `nothing`."
ssh_key_pass() = get(ENV, "SSH_KEY_PASS", nothing)
"`ssh_key_name()`: the name of the key's file, `SSH_KEY_NAME` or `id_rsa`."
ssh_key_name() = get(ENV, "SSH_KEY_NAME", "id_rsa")
"`ssh_key_path()`: the path of the private key, `SSH_KEY_PATH` or the file [`ssh_key_name`](@ref) in [`ssh_dir`](@ref)."
ssh_key_path() = something(filled("SSH_KEY_PATH"), joinpath(ssh_dir(), ssh_key_name()))
"`ssh_pub_key_path()`: the path of the public key, `SSH_PUB_KEY_PATH` or that of the private one and `.pub`."
ssh_pub_key_path() = something(filled("SSH_PUB_KEY_PATH"), string(ssh_key_path(), ".pub"))

# The file of keys of known hosts that an installation brings; here it is empty, so that only the user's own count.
const bundled_file = Ref("")
function bundled_known_hosts()
    isfile(bundled_file[]) || (bundled_file[] = touch(tempname()))
    bundled_file[]
end
"""
    ssh_known_hosts_files()

The paths of files of known hosts, those in `SSH_KNOWN_HOSTS_FILES` or `known_hosts` in [`ssh_dir`](@ref) and an empty
one. An empty part of the variable stands for these two.
"""
function ssh_known_hosts_files()
    usual = [joinpath(ssh_dir(), "known_hosts"), bundled_known_hosts()]
    value = get(ENV, "SSH_KNOWN_HOSTS_FILES", nothing)
    value === nothing && return usual
    isempty(value) && return String[]
    unique(String[f for part in split(value, Sys.iswindows() ? ';' : ':') for f in (isempty(part) ? usual : [String(part)])])
end
"""
    ssh_known_hosts_file()

The first of [`ssh_known_hosts_files`](@ref) that is there.
"""
function ssh_known_hosts_file()
    files = ssh_known_hosts_files()
    i = findfirst(ispath, files)
    i === nothing ? (isempty(files) ? (ispath("/dev/null") ? "/dev/null" : tempname()) : files[1]) : files[i]
end

## hosts

"""
    verify_host(url[, transport])

Whether a host has to prove who it is; the host is in a URL, or written as for SSH. `JULIA_NO_VERIFY_HOSTS`,
`JULIA_SSL_NO_VERIFY_HOSTS` and `JULIA_SSH_NO_VERIFY_HOSTS` list those that need not, in general or for one kind of
`transport` (`"SSL"`, `"TLS"`, `"SSH"`), `JULIA_ALWAYS_VERIFY_HOSTS` those that must. In their names `*` stands for one part,
`**` for any number: `**.example.com`.
"""
function verify_host(url::AbstractString, transport::Union{AbstractString,Nothing}=nothing)
    host = host_of(url)
    listed("JULIA_ALWAYS_VERIFY_HOSTS", host) && return true
    listed("JULIA_NO_VERIFY_HOSTS", host) && return false
    kind = uppercase(something(transport, ""))
    kind in ("SSL", "TLS") ? !listed("JULIA_SSL_NO_VERIFY_HOSTS", host) : kind == "SSH" ? !listed("JULIA_SSH_NO_VERIFY_HOSTS", host) : true
end

# The host in a URL, in `user@host` or in `user@host:path`; nothing if there is none.
function host_of(url)
    for form in (r"^[a-z]+://(?:[^@/]+@)?([-\w.]+)"ai, r"^(?:[-\w.]+@)?([-\w.]+)(?:$|:)"a)
        m = match(form, url)
        m === nothing || return m[1]
    end
    nothing
end

# Whether a variable lists a host. What is no host is listed only where all are.
function listed(name, host)
    patterns = patterns_in(name)
    ["**"] in patterns && return true
    host === nothing && return false
    parts = split(lowercase(host), '.')
    all(p -> occursin(r"^[-\w]+$"a, p), parts) && any(p -> fits(p, parts), patterns)
end
function patterns_in(name)
    patterns = Vector{String}[]
    for text in split(get(ENV, name, ""), r"\s*,\s*"; keepempty=false)
        parts = split(lowercase(text), '.')
        if all(p -> occursin(r"^(?:[-\w]+|\*\*?)$"a, p), parts)
            push!(patterns, parts)
        else
            @warn string("bad host pattern in ENV[", repr(name), "]: ", repr(text))
        end
    end
    patterns
end
fits(pattern, parts) = isempty(pattern) ? isempty(parts) :
    pattern[1] == "**" ? any(i -> fits(pattern[2:end], parts[i:end]), 1:length(parts)+1) :
    !isempty(parts) && pattern[1] in ("*", parts[1]) && fits(pattern[2:end], parts[2:end])

end
