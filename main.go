// Command weft runs Julia: as a Jupyter kernel, on a terminal, from a file,
// and through whole notebooks.
package main

import (
	"io"
	"os"
	"strings"

	"weft/cli"
)

func main() {
	cli.PaceCollector()
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// commands are the words that the command line may start with.
var commands = map[string]func(s cli.Streams, args []string) int{
	"run":       cli.Run,
	"test":      cli.Test,
	"install":   cli.Install,
	"uninstall": cli.Uninstall,
	"kernel":    cli.Kernel,
	"lab":       cli.Lab,
	"version":   cli.Version,
	"help":      cli.Help,
}

// run does what the arguments ask for and gives the exit code: 0 when all
// went well, 1 when a program or a cell failed, 2 for a wrong command line.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	s, args, code, ok := cli.Streams{In: stdin, Out: stdout, Err: stderr}.Options(args)
	if !ok {
		return code
	}
	if len(args) == 0 {
		return cli.Interactive(s)
	}
	if command, ok := commands[args[0]]; ok {
		return command(s, args[1:])
	}
	switch args[0] {
	case "-h", "-help", "--help":
		return cli.Help(s, args[1:])
	case "-v", "-version", "--version":
		return cli.Version(s, args[1:])
	}
	if args[0] == "-" || args[0] == "--" || !strings.HasPrefix(args[0], "-") {
		return cli.Program(s, args)
	}
	return cli.Evaluate(s, args)
}
