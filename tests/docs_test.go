package tests

import (
	"go/ast"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Each package says what it is for, and each exported name too.
func TestPackagesAreDocumented(t *testing.T) {
	has := map[string]bool{}
	all := sources(t, false)
	for _, s := range all {
		if s.file.Doc != nil {
			has[s.dir] = true
		}
	}
	for _, s := range all {
		if !has[s.dir] {
			t.Errorf("package %s has no doc comment", s.dir)
			has[s.dir] = true
		}
		for _, d := range s.file.Decls {
			documented(t, s, d)
		}
	}
}

func documented(t *testing.T, s source, d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && d.Doc == nil && (d.Recv == nil || exportedReceiver(d)) {
			t.Errorf("%s: %s has no doc comment", s.path, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				if spec.Name.IsExported() && d.Doc == nil && spec.Doc == nil {
					t.Errorf("%s: %s has no doc comment", s.path, spec.Name.Name)
				}
			case *ast.ValueSpec:
				for _, n := range spec.Names {
					if n.IsExported() && d.Doc == nil && spec.Doc == nil && spec.Comment == nil {
						t.Errorf("%s: %s has no doc comment", s.path, n.Name)
					}
				}
			}
		}
	}
}

func exportedReceiver(d *ast.FuncDecl) bool {
	e := d.Recv.List[0].Type
	for {
		switch x := e.(type) {
		case *ast.StarExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.Ident:
			return x.IsExported()
		default:
			return false
		}
	}
}

// Each file says what it is for.
func TestFilesOpenWithAWord(t *testing.T) {
	for _, s := range sources(t, false) {
		if len(s.file.Comments) == 0 {
			t.Errorf("%s does not say what it is for", s.path)
		}
	}
}

// Files that documents name are there.
func TestDocumentsNameFilesThatExist(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)\)`)
	code := regexp.MustCompile("`([a-z]+(?:/[A-Za-z0-9_.-]+)+/?)`")
	for _, doc := range []string{"README.md", "ARCHITECTURE.md", "RATIONALE.md", "CONTRIBUTING.md", "CHANGELOG.md"} {
		text, err := os.ReadFile(filepath.Join("..", doc))
		if err != nil {
			t.Error(err)
			continue
		}
		for _, re := range []*regexp.Regexp{link, code} {
			for _, m := range re.FindAllStringSubmatch(string(text), -1) {
				top, _, _ := strings.Cut(m[1], "/")
				switch top {
				case "build", "text", "image", "application", "bin", "share":
					continue // made by a build, or a MIME type
				}
				if _, err := os.Stat(filepath.Join("..", m[1])); err != nil {
					t.Errorf("%s names %s, which is not there", doc, m[1])
				}
			}
		}
	}
}

// Each reason for a known difference from Julia is told in docs/differences.md.
func TestDifferencesAreTold(t *testing.T) {
	page, err := os.ReadFile("../docs/differences.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, reason := range readKnown(t) {
		if !strings.Contains(string(page), "**"+reason+"**") {
			t.Errorf("docs/differences.md does not tell: %s", reason)
		}
	}
}
