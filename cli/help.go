package cli

// This file has the help of all commands.

import (
	"runtime"
)

// helps is the text of each command's help; "" is the program's.
var helps = map[string]string{
	"": `weft runs Julia: a Jupyter kernel, a program runner and a notebook runner.

usage:
  weft                         read, evaluate, print on a terminal;
                               otherwise evaluate and print standard input
  weft FILE.jl [ARG...]        run a program
  weft -e CODE | -E CODE       evaluate; evaluate and show the value
  weft run NB.ipynb            execute a notebook and show it live
  weft test NB.ipynb...        execute notebooks and compare the outputs
  weft install | uninstall     make the kernel known to Jupyter; take it back
  weft lab [DIR]               open JupyterLab or Notebook with this kernel
  weft kernel FILE             serve a front end (Jupyter starts this)
  weft version | help          say which version this is; help on a command

Before a program or -e, and for run, test and kernel:
  --virtual-time               sleeps take no time: when all tasks wait, the
                               clock jumps
  --seed N                     make random numbers repeatable
  --schedule-seed N            run ready tasks in an order chosen by N, not in
                               that in which they became ready

weft COMMAND --help says more. Exit codes: 0 all went well, 1 a program or a
cell failed, 2 the command line is wrong. NO_COLOR turns colours off.
`,
	"-e": `usage: weft [-e CODE | -E CODE | -L FILE]... [-i] [ARG...]
       weft -m PACKAGE [ARG...]

Evaluates CODE and loads FILE, in order; -E shows the value. What follows is in
ARGS, or without CODE a program and its arguments. With -i a prompt comes after
that. -m calls the function main of a package, marked by @main.
`,
	"run": `usage: weft run NB.ipynb [-o OUT.ipynb] [--html OUT.html] [flags]

Executes a notebook in a kernel process of its own and shows it as it goes.
Output of background tasks is shown with the number of the cell that started
them. The run ends at the first cell that fails, with exit code 1, unless
that cell has the tag raises-exception.

  -o OUT.ipynb     write the executed notebook
  --html OUT.html  write it as one page that needs nothing beside it
  --virtual-time   sleeps take no time: when all tasks wait, the clock jumps
  --seed N         make random numbers repeatable
  --schedule-seed N  run ready tasks in an order chosen by N, not in that in
                   which they became ready
  --timeout D      interrupt a cell that runs longer (30s, 5m)
  --drain D        how long to wait at the end for background tasks
                   (default 30s; 0: not at all)
`,
	"test": `usage: weft test NB.ipynb... [flags of weft run]

Executes notebooks and compares with the outputs that are stored in them; a
difference is shown per cell. Addresses and colours do not count. A cell with
the tag nbval-ignore-output may give anything, one with nbval-skip is not run.
A notebook that stores no outputs only has to run without a failing cell.
`,
	"install": `usage: weft install [flags]

Makes the kernel known to Jupyter.

  --user           for this user (the default)
  --prefix DIR     in DIR/share/jupyter
  --sys-prefix     in the active Python environment
  --name N         the kernel's name (default weft)
  --display-name S the name in menus (default "Weft (Julia tasks)")
  --env K=V        set a variable for the kernel; may be repeated
  --drain[=D]      let each cell end only when its background tasks are done,
                   or after D (default 30s): for programs that execute
                   notebooks without a person
`,
	"uninstall": `usage: weft uninstall [--user | --prefix DIR | --sys-prefix] [--name N]

Takes away what weft install put there with the same flags.
`,
	"kernel": `usage: weft kernel CONNECTION_FILE [flags]

Serves the front end that wrote the connection file. Jupyter starts this.

  --drain[=D]      hold back the end of each cell until its background tasks
                   are done, or for D (default 30s); also: WEFT_DRAIN=D
  --virtual-time   sleeps take no time: when all tasks wait, the clock jumps
  --seed N         make random numbers repeatable
  --schedule-seed N  run ready tasks in an order chosen by N

WEFT_LOG=FILE writes a log.
`,
	"lab": `usage: weft lab [DIR]

Opens JupyterLab, or else Jupyter Notebook, in DIR with this kernel; nothing
is installed for good.
`,
	"version": `usage: weft version

Says which version this is.
`,
	"help": `usage: weft help [COMMAND]

Shows the help of a command.
`,
}

// Help shows the help of the program or of a command.
func Help(s Streams, args []string) int {
	topic := ""
	if len(args) > 0 {
		topic = args[0]
	}
	if topic == "-E" {
		topic = "-e"
	}
	if topic == "-h" || topic == "--help" || topic == "-help" {
		topic = "help"
	}
	text, ok := helps[topic]
	if !ok || len(args) > 1 {
		return s.misuse("help", "expected the name of a command, got %q", args[len(args)-1])
	}
	_, _ = s.Out.Write([]byte(text)) // nobody reads: nothing left to do
	return exitOK
}

// Version says which version this is.
func Version(s Streams, args []string) int {
	if len(args) > 0 {
		return Help(s, []string{"version"})
	}
	say(s.Out, "weft %s (Julia 1.12; %s %s/%s)", VersionText, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return exitOK
}
