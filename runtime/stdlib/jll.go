package stdlib

import (
	"fmt"
	"strings"
)

// compiled lists the packages of compiled libraries that come with Julia, each with
// the names of what is in it. There is no C to call here: such a package can be
// loaded, so that others that name it can, and says that it is not available.
var compiled = map[string]string{
	"CompilerSupportLibraries_jll": "libgfortran libstdcxx libgomp libquadmath libssp",
	"GMP_jll":                      "libgmp libgmpxx",
	"LLD_jll":                      "lld dsymutil",
	"LibCURL_jll":                  "libcurl",
	"LibGit2_jll":                  "libgit2",
	"LibSSH2_jll":                  "libssh2",
	"LibUV_jll":                    "libuv",
	"MPFR_jll":                     "libmpfr",
	"MozillaCACerts_jll":           "cacert",
	"OpenBLAS_jll":                 "libopenblas",
	"OpenLibm_jll":                 "libopenlibm",
	"OpenSSL_jll":                  "libcrypto libssl",
	"PCRE2_jll":                    "libpcre2_8",
	"SuiteSparse_jll":              "libamd libbtf libcamd libccolamd libcholmod libcolamd libklu libldl librbio libspqr libsuitesparseconfig libumfpack",
	"Zlib_jll":                     "libz",
	"Zstd_jll":                     "libzstd zstd zstdmt",
	"dSFMT_jll":                    "libdSFMT",
	"libLLVM_jll":                  "libllvm",
	"libblastrampoline_jll":        "libblastrampoline",
	"nghttp2_jll":                  "libnghttp2",
	"p7zip_jll":                    "p7zip",
}

// compiledSource returns the text of the package of a compiled library.
func compiledSource(name string) (text string, ok bool) {
	products, ok := compiled[name]
	if !ok {
		return "", false
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\"\"\"\n    %s\n\nThe names of a compiled library. There is no C to call here, so that it is not available:\n", name)
	fmt.Fprintf(&b, "`%s.is_available()` is false.\n\"\"\"\nmodule %s\n", name, name)
	b.WriteString("const PATH, LIBPATH, artifact_dir = Ref(\"\"), Ref(\"\"), \"\"\nconst PATH_list, LIBPATH_list = String[], String[]\nis_available() = false\n")
	for _, p := range strings.Fields(products) {
		if strings.HasPrefix(p, "lib") {
			fmt.Fprintf(&b, "export %s\nconst %s = %q\nconst %s_handle, %s_path = C_NULL, \"\"\n", p, p, p, p, p)
			continue
		}
		fmt.Fprintf(&b, "export %s\n%s(args...; kw...) = error(\"%s is a compiled program, which does not come with this system\")\n", p, p, p)
	}
	b.WriteString("end\n")
	return b.String(), true
}
