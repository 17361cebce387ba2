package site

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"

	"deadyet"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// PreviewPath is the picture that other sites show beside a link to this one.
const PreviewPath = "/preview.png"

// Size of the preview, which is what most sites ask for.
const (
	PreviewWidth  = 1200
	PreviewHeight = 630

	previewEdge = 80 // room around the text
)

var (
	previewPaper = color.NRGBA{0xfb, 0xfa, 0xf5, 0xff}
	previewInk   = color.NRGBA{0x1e, 0x20, 0x24, 0xff}
)

func (s *Site) addPreview() {
	s.add(PreviewPath, func() (Page, error) {
		body, err := s.preview()
		if err != nil {
			return Page{}, fmt.Errorf("draw %s: %w", PreviewPath, err)
		}
		return Page{Path: PreviewPath, Type: "image/png", Body: body}, nil
	})
}

// preview draws the question, the answer as large as fits, and why. There are
// two colours and the steps between them, so that the file is small.
func (s *Site) preview() ([]byte, error) {
	v := s.verdictView()
	answer := answerColour(s.edition.Verdict.Word)
	p := newPainter(previewPaper, previewInk, answer)
	p.bar(24, inkAnswer)
	y := p.text(s.simulatedText()+clean(s.edition.Subject.Question), previewText{goregular.TTF, 56, 32, 80, inkText}, 62)
	y = p.text(v.Says, previewText{gobold.TTF, 190, 64, 260, inkAnswer}, y+8)
	p.text(v.Reason, previewText{goregular.TTF, 44, 28, 160, inkText}, max(y+16, 360))
	p.text(s.t("As of {day}", "day", s.Day(s.edition.At)), previewText{goregular.TTF, 26, 26, 40, inkText}, PreviewHeight-64)
	if p.err != nil {
		return nil, p.err
	}
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, p.image)
	return b.Bytes(), err
}

// answerColour is the colour of a word on paper. It only repeats the word.
func answerColour(w deadyet.Word) color.NRGBA {
	var c color.NRGBA
	c.A = 0xff
	if _, err := fmt.Sscanf(badgeColours[wordAnswers[w].String()], "#%02x%02x%02x", &c.R, &c.G, &c.B); err != nil {
		return previewInk
	}
	return c
}

// previewText is how a text is set: as large as fits into the height.
type previewText struct {
	font        []byte
	size, least float64
	height      int
	ink         int // which of the painter's
}

// The inks of the preview, in the order of its painter.
const (
	inkText = iota
	inkAnswer
)

// painter draws into a picture with few colours. The first error stays.
type painter struct {
	image *image.Paletted
	err   error
}

// previewSteps is the number of steps between the paper and an ink.
const previewSteps = 15

func newPainter(paper color.NRGBA, inks ...color.NRGBA) *painter {
	palette := color.Palette{paper}
	for _, ink := range inks {
		for n := 1; n <= previewSteps; n++ {
			palette = append(palette, mix(paper, ink, n))
		}
	}
	return &painter{image: image.NewPaletted(image.Rect(0, 0, PreviewWidth, PreviewHeight), palette)}
}

func mix(a, b color.NRGBA, n int) color.NRGBA {
	part := func(x, y uint8) uint8 { return uint8((int(x)*(previewSteps-n) + int(y)*n) / previewSteps) }
	return color.NRGBA{part(a.R, b.R), part(a.G, b.G), part(a.B, b.B), 0xff}
}

// bar fills the picture's upper edge.
func (p *painter) bar(height, ink int) {
	for i := range p.image.Pix[:height*p.image.Stride] {
		p.image.Pix[i] = shade(ink, 0xff)
	}
}

// shade is the colour of an ink that covers that much of a pixel. Those of one
// ink stand together in the palette, behind the paper.
func shade(ink int, cover uint8) uint8 {
	if n := (int(cover)*previewSteps + 127) / 255; n > 0 {
		return uint8(ink*previewSteps + n)
	}
	return 0
}

// text sets a text below y and returns where it ends.
func (p *painter) text(text string, how previewText, y int) int {
	if p.err != nil {
		return y
	}
	face, lines, err := how.fit(text)
	if err != nil {
		p.err = err
		return y
	}
	mask := image.NewAlpha(p.image.Bounds())
	d := font.Drawer{Dst: mask, Src: image.Opaque, Face: face}
	m := face.Metrics()
	for _, line := range lines {
		y += m.Height.Ceil()
		d.Dot = fixed.P(previewEdge, y-m.Descent.Ceil())
		d.DrawString(line)
	}
	for i, cover := range mask.Pix {
		if c := shade(how.ink, cover); c > 0 {
			p.image.Pix[i] = c
		}
	}
	return y
}

// fit chooses the size, and breaks the text into lines. What does not fit at the
// least size is cut.
func (how previewText) fit(text string) (font.Face, []string, error) {
	f, err := opentype.Parse(how.font)
	if err != nil {
		return nil, nil, err
	}
	for size := how.size; ; size -= 4 {
		face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72})
		if err != nil {
			return nil, nil, err
		}
		lines := setLines(face, text)
		room := max(1, how.height/face.Metrics().Height.Ceil())
		switch {
		case len(lines) <= room:
			return face, lines, nil
		case size-4 < how.least:
			lines = lines[:room]
			lines[room-1] += " …"
			return face, lines, nil
		}
	}
}

// setLines breaks a text into lines that fit the picture. A word that is wider
// than the picture runs out of it.
func setLines(face font.Face, text string) (lines []string) {
	const room = PreviewWidth - 2*previewEdge
	for _, word := range strings.Fields(strings.ReplaceAll(text, nbsp, " ")) {
		if n := len(lines); n > 0 && font.MeasureString(face, lines[n-1]+" "+word).Ceil() <= room {
			lines[n-1] += " " + word
			continue
		}
		lines = append(lines, word)
	}
	return lines
}
