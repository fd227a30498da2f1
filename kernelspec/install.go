package kernelspec

// This file installs and uninstalls: it writes the kernelspec's folder and
// takes away exactly what it wrote.

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
)

const specFile = "kernel.json"

func thisSystem() system {
	return system{goos: runtime.GOOS, getenv: os.Getenv, home: os.UserHomeDir, pythonPrefix: pythonPrefix}
}

// Install writes the kernelspec and returns its folder.
func Install(o Options) (string, error) { return thisSystem().install(o) }

// Uninstall removes a kernelspec that Install wrote and returns the folder
// that it was in.
func Uninstall(o Options) (string, error) { return thisSystem().uninstall(o) }

func (s system) install(o Options) (string, error) {
	dir, err := s.kernelDir(o)
	if err != nil {
		return "", err
	}
	spec, err := NewSpec(o)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("making the kernel's folder: %w", err)
	}
	text, err := spec.encode()
	if err != nil {
		return "", err
	}
	files, err := logos()
	if err != nil {
		return "", err
	}
	for name, data := range files {
		if err := writeFile(filepath.Join(dir, name), data); err != nil {
			return "", fmt.Errorf("writing the kernel's logo: %w", err)
		}
	}
	if err := writeFile(filepath.Join(dir, specFile), text); err != nil {
		return "", fmt.Errorf("writing %s: %w", specFile, err)
	}
	return dir, nil
}

func (s system) uninstall(o Options) (string, error) {
	dir, err := s.kernelDir(o)
	if err != nil {
		return "", err
	}
	data, err := os.ReadFile(filepath.Join(dir, specFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("no kernel is installed in %s", dir)
	}
	if err != nil {
		return "", fmt.Errorf("reading the installed kernel: %w", err)
	}
	var spec Spec
	if err := json.Unmarshal(data, &spec); err != nil || spec.Language != "julia" || !slices.Contains(spec.Argv, "kernel") {
		return "", fmt.Errorf("%s holds another program's kernel; it is left alone", dir)
	}
	files, err := logos()
	if err != nil {
		return "", err
	}
	for name := range files {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("removing the kernel's logo: %w", err)
		}
	}
	if err := os.Remove(filepath.Join(dir, specFile)); err != nil {
		return "", fmt.Errorf("removing %s: %w", specFile, err)
	}
	if err := os.Remove(dir); err != nil {
		return "", fmt.Errorf("removing the kernel's folder: %w", err)
	}
	return dir, nil
}
