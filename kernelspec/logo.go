package kernelspec

// This file draws the logo, a woven cloth: three warp threads going down and
// three weft threads going across, over and under in turn. The threads are
// rounded boxes on a 64 by 64 grid; PNG and SVG are drawn from the same list.
// Where a thread goes under another it is cut, so the ground stays clear and
// the logo fits light and dark pages.

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
)

// box is a rounded rectangle in one colour.
type box struct {
	x0, y0, x1, y1 float64
	fill           color.NRGBA
}

const (
	grid   = 64.0
	near   = 3.0  // where threads begin
	far    = 61.0 // where they end
	half   = 5.5  // half a thread's width
	gap    = 2.0  // room beside a thread that goes over
	corner = 2.0
)

// cloth gives the boxes of all threads.
func cloth() []box {
	at := []float64{15, 32, 49}
	warp := color.NRGBA{0x5a, 0x6b, 0x9e, 0xff}
	weft := []color.NRGBA{{0x17, 0xa3, 0x98, 0xff}, {0xe8, 0x8d, 0x2c, 0xff}, {0xc2, 0x45, 0x7a, 0xff}}
	var boxes []box
	for i, x := range at {
		for _, s := range pieces(at, i%2 == 1) {
			boxes = append(boxes, box{x - half, s[0], x + half, s[1], warp})
		}
	}
	for j, y := range at {
		for _, s := range pieces(at, j%2 == 0) {
			boxes = append(boxes, box{s[0], y - half, s[1], y + half, weft[j]})
		}
	}
	return boxes
}

// pieces cuts a thread at each second crossing, the first one included when
// underFirst is set, and returns where its pieces begin and end.
func pieces(crossings []float64, underFirst bool) [][2]float64 {
	var out [][2]float64
	start := near
	for i, c := range crossings {
		if (i%2 == 0) == underFirst {
			out = append(out, [2]float64{start, c - half - gap})
			start = c + half + gap
		}
	}
	return append(out, [2]float64{start, far})
}

// inside says whether a point lies in the rounded box.
func (b box) inside(x, y float64) bool {
	r := min(corner, (b.x1-b.x0)/2, (b.y1-b.y0)/2)
	dx := max(b.x0+r-x, 0, x-(b.x1-r))
	dy := max(b.y0+r-y, 0, y-(b.y1-r))
	return math.Hypot(dx, dy) <= r
}

// drawPNG draws the logo with size pixels a side, smoothed by 8 by 8 samples
// for each pixel.
func drawPNG(size int) ([]byte, error) {
	const fine = 8
	boxes := cloth()
	img := image.NewNRGBA(image.Rect(0, 0, size, size))
	step := grid / float64(size*fine)
	for py := range size {
		for px := range size {
			var r, g, b, n int
			for s := range fine * fine {
				x := (float64(px*fine+s%fine) + 0.5) * step
				y := (float64(py*fine+s/fine) + 0.5) * step
				for _, bx := range boxes {
					if bx.inside(x, y) {
						r, g, b, n = r+int(bx.fill.R), g+int(bx.fill.G), b+int(bx.fill.B), n+1
						break
					}
				}
			}
			if n > 0 {
				img.SetNRGBA(px, py, color.NRGBA{uint8(r / n), uint8(g / n), uint8(b / n), uint8(n * 255 / (fine * fine))})
			}
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		return nil, fmt.Errorf("encoding the logo: %w", err)
	}
	return out.Bytes(), nil
}

// drawSVG draws the logo as SVG text.
func drawSVG() []byte {
	var s strings.Builder
	fmt.Fprintf(&s, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g">`+"\n", grid, grid)
	for _, b := range cloth() {
		r := min(corner, (b.x1-b.x0)/2, (b.y1-b.y0)/2)
		fmt.Fprintf(&s, `  <rect x="%g" y="%g" width="%g" height="%g" rx="%g" fill="#%02x%02x%02x"/>`+"\n",
			b.x0, b.y0, b.x1-b.x0, b.y1-b.y0, r, b.fill.R, b.fill.G, b.fill.B)
	}
	s.WriteString("</svg>\n")
	return []byte(s.String())
}

// logos gives the logo files by name.
func logos() (map[string][]byte, error) {
	small, err := drawPNG(32)
	if err != nil {
		return nil, err
	}
	large, err := drawPNG(64)
	if err != nil {
		return nil, err
	}
	return map[string][]byte{
		"logo-32x32.png": small,
		"logo-64x64.png": large,
		"logo-svg.svg":   drawSVG(),
	}, nil
}
