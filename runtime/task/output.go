package task

// Output is where the tasks of one cell write and display. Write may block the
// caller for back-pressure.
type Output interface {
	// Write takes text for stdout (1) or stderr (2).
	Write(stream int, p []byte) error
	// Display shows data (MIME type to string, []byte or JSON text); with update
	// it changes the displays of that id.
	Display(data, metadata map[string]any, id string, update bool) error
	// ClearOutput empties the cell's output; with wait when the next output comes.
	ClearOutput(wait bool) error
	// ReadLine asks for a line of input. It returns at once; done is called from
	// any goroutine with the line, without its newline, or with an error (io.EOF at
	// the end of input). The function it returns gives up the request.
	ReadLine(prompt string, password bool, done func(string, error)) (cancel func())
	// Flush sends what is buffered.
	Flush()
	// Size is the number of rows and columns of the display.
	Size() (rows, cols int)
	// Color reports whether ANSI colours may be used; Rich whether Display shows
	// other than text.
	Color() bool
	Rich() bool
}
