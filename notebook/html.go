package notebook

// This file makes one HTML page of a notebook that needs nothing beside it.

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	goldhtml "github.com/yuin/goldmark/renderer/html"
)

// PageOptions say how a page is made.
type PageOptions struct {
	// Title is the page's title; by default the notebook's first heading.
	Title string
	// Highlight gives code as HTML; by default it has no colours.
	Highlight func(code string) string
}

// WriteHTML writes the notebook as a page. HTML in markdown cells and in
// outputs goes into the page as it is.
func WriteHTML(w io.Writer, nb *Notebook, opts PageOptions) error {
	p := page{
		highlight: opts.Highlight,
		markdown: goldmark.New(goldmark.WithExtensions(extension.GFM),
			goldmark.WithParserOptions(parser.WithAutoHeadingID()),
			goldmark.WithRendererOptions(goldhtml.WithUnsafe())),
	}
	if p.highlight == nil {
		p.highlight = html.EscapeString
	}
	title := opts.Title
	if title == "" {
		title = nb.title()
	}
	p.put("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
	p.put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
	p.put("<title>" + html.EscapeString(title) + "</title>\n<style>\n" + pageStyle + "</style>\n</head>\n<body>\n<main>\n")
	for _, c := range nb.Cells {
		p.cell(c)
	}
	p.put("</main>\n</body>\n</html>\n")
	_, err := w.Write(p.b.Bytes())
	return err
}

// title is the first heading of the notebook.
func (nb *Notebook) title() string {
	for _, c := range nb.Cells {
		if c.Type != Markdown {
			continue
		}
		for line := range strings.Lines(c.Source) {
			if t, ok := strings.CutPrefix(strings.TrimSpace(line), "# "); ok {
				return strings.TrimSpace(t)
			}
		}
	}
	return "Notebook"
}

// page is a page in the making.
type page struct {
	b         bytes.Buffer
	markdown  goldmark.Markdown
	highlight func(string) string
}

func (p *page) put(s string) { p.b.WriteString(s) }

func (p *page) cell(c *Cell) {
	switch c.Type {
	case Markdown:
		p.put("<section class=\"text\">\n")
		p.prose(attach(c.Source, c.Attachments))
		p.put("</section>\n")
	case Raw:
		p.put("<section class=\"text\"><pre>" + html.EscapeString(c.Source) + "</pre></section>\n")
	case Code:
		if strings.TrimSpace(c.Source) == "" && len(c.Outputs) == 0 {
			return
		}
		p.put("<section class=\"code\">\n")
		p.row("in", prompt("In", c.Count), "<pre><code>"+p.highlight(c.Source)+"</code></pre>")
		for _, o := range c.Outputs {
			p.output(o)
		}
		p.put("</section>\n")
	}
}

func prompt(word string, count int) string {
	if count == 0 {
		return word + " [ ]:"
	}
	return fmt.Sprintf("%s [%d]:", word, count)
}

func (p *page) row(class, label, body string) {
	p.put("<div class=\"row " + class + "\"><div class=\"label\">" + label + "</div><div class=\"body\">" + body + "</div></div>\n")
}

func (p *page) prose(text string) {
	// goldmark fails only where its writer does, and a buffer does not.
	_ = p.markdown.Convert([]byte(text), &p.b)
}

// attach puts a cell's attachments where its text names them.
func attach(text string, files Object) string {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		bundle, _ := files[name].(Object)
		for _, mime := range slices.Sorted(maps.Keys(bundle)) {
			if data, ok := bundle[mime].(string); ok {
				text = strings.ReplaceAll(text, "attachment:"+name, "data:"+mime+";base64,"+data)
				break
			}
		}
	}
	return text
}

func (p *page) output(o *Output) {
	switch o.Type {
	case Stream:
		p.row(o.Name, "", "<pre>"+ansiHTML(o.Text)+"</pre>")
	case ErrorOutput:
		p.row("error", "", "<pre>"+ansiHTML(strings.Join(o.Traceback, "\n"))+"</pre>")
	case ExecuteResult:
		p.row("out", prompt("Out", o.Count), p.rich(o.Data))
	case DisplayData:
		p.row("out", "", p.rich(o.Data))
	}
}

// richest are the MIME types that a page can show, best first.
var richest = []string{
	"text/html", "image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp",
	"text/markdown", "text/latex", "application/json", "text/plain",
}

// rich shows the best of what a bundle has.
func (p *page) rich(data Object) string {
	for _, mime := range richest {
		v, ok := data[mime]
		if !ok {
			continue
		}
		text, isText := v.(string)
		switch {
		case mime == "application/json":
			return pretty(v)
		case !isText:
			continue
		case mime == "text/html":
			return text
		case mime == "text/plain":
			return "<pre>" + ansiHTML(text) + "</pre>"
		case mime == "text/latex":
			return "<pre>" + html.EscapeString(text) + "</pre>"
		case mime == "text/markdown":
			var b bytes.Buffer
			_ = p.markdown.Convert([]byte(text), &b) // a buffer takes everything
			return b.String()
		case mime == "image/svg+xml":
			return image(mime, base64.StdEncoding.EncodeToString([]byte(text)))
		default:
			return image(mime, strings.Join(strings.Fields(text), ""))
		}
	}
	for _, mime := range slices.Sorted(maps.Keys(data)) {
		if isJSON(mime) {
			return pretty(data[mime])
		}
	}
	return "<pre>" + html.EscapeString(standIn(data)) + "</pre>"
}

func image(mime, base64 string) string {
	return "<img alt=\"\" src=\"data:" + mime + ";base64," + html.EscapeString(base64) + "\">"
}

func pretty(v any) string {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		text = fmt.Append(nil, v)
	}
	return "<pre>" + html.EscapeString(string(text)) + "</pre>"
}

// pageStyle is the page's style, for light and for dark screens.
const pageStyle = `:root {
  --paper: #fff; --ink: #1f2328; --faint: #656d76; --code: #f6f8fa; --line: #d8dee4; --in: #1a7f37; --out: #bc4c00; --bad: #fff1f0;
  --ansi-0: #24292f; --ansi-1: #cf222e; --ansi-2: #116329; --ansi-3: #7d4e00; --ansi-4: #0969da; --ansi-5: #8250df; --ansi-6: #1b7c83; --ansi-7: #6e7781;
  --ansi-8: #57606a; --ansi-9: #a40e26; --ansi-10: #1a7f37; --ansi-11: #633c01; --ansi-12: #218bff; --ansi-13: #a475f9; --ansi-14: #3192aa; --ansi-15: #8c959f;
  --keyword: #cf222e; --string: #0a3069; --number: #0550ae; --comment: #6e7781; --macro: #8250df; --name: #6639ba;
}
@media (prefers-color-scheme: dark) { :root {
  --paper: #0d1117; --ink: #e6edf3; --faint: #8b949e; --code: #161b22; --line: #30363d; --in: #3fb950; --out: #f0883e; --bad: #2d1618;
  --ansi-0: #484f58; --ansi-1: #ff7b72; --ansi-2: #3fb950; --ansi-3: #d29922; --ansi-4: #58a6ff; --ansi-5: #bc8cff; --ansi-6: #39c5cf; --ansi-7: #b1bac4;
  --ansi-8: #6e7681; --ansi-9: #ffa198; --ansi-10: #56d364; --ansi-11: #e3b341; --ansi-12: #79c0ff; --ansi-13: #d2a8ff; --ansi-14: #56d4dd; --ansi-15: #ffffff;
  --keyword: #ff7b72; --string: #a5d6ff; --number: #79c0ff; --comment: #8b949e; --macro: #d2a8ff; --name: #d2a8ff;
} }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
section.text { margin: 1rem 0 1rem 5.5rem; }
section.code { margin: 1rem 0; }
.row { display: flex; align-items: flex-start; }
.row > .label { flex: 0 0 5rem; padding: .5rem .5rem 0 0; text-align: right; font: 13px/1.45 ui-monospace, monospace; color: var(--faint); }
.row.in > .label { color: var(--in); }
.row.out > .label { color: var(--out); }
.row > .body { flex: 1; min-width: 0; overflow-x: auto; padding: 0 .75rem; }
.row.in > .body { background: var(--code); border: 1px solid var(--line); border-radius: 6px; }
.row.error > .body, .row.stderr > .body { background: var(--bad); }
pre { font: 13px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; margin: .45rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.text pre { background: var(--code); padding: .6rem .75rem; border-radius: 6px; }
code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .9em; }
pre code { font-size: inherit; }
img, svg { max-width: 100%; }
table { border-collapse: collapse; }
td, th { border: 1px solid var(--line); padding: .25rem .6rem; }
a { color: var(--ansi-4); }
.k { color: var(--keyword); } .s { color: var(--string); } .n { color: var(--number); } .c { color: var(--comment); } .m { color: var(--macro); } .f { color: var(--name); }
`
