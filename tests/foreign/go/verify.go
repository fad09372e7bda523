// Verifies an exported log with the Go team's own libraries: golang.org/x/mod/sumdb/note and tlog.
//
//	verify FOLDER VKEY [OLDER_CHECKPOINT...]
//
// Proves: the signature of the checkpoint; every tile up to its root; every entry's hash; inclusion of entries; that each older
// checkpoint is of the same history. Exit code 1 and one line at the first thing that does not fit.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

// folder reads tiles from files. The paths are those of C2SP tlog-tiles: tlog's own without the tile height.
type folder string

func (f folder) Height() int { return tileHeight }

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := os.ReadFile(filepath.Join(string(f), strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

// entries reads one bundle: two bytes of length before each entry.
func (f folder) entries(n int64, width int) ([][]byte, error) {
	path := strings.Replace(tlog.Tile{H: tileHeight, L: -1, N: n, W: width}.Path(), "tile/8/data/", "tile/entries/", 1)
	data, err := os.ReadFile(filepath.Join(string(f), path))
	if err != nil {
		return nil, err
	}
	var all [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
			return nil, fmt.Errorf("%s ends within an entry", path)
		}
		end := 2 + int(binary.BigEndian.Uint16(data))
		all = append(all, data[2:end])
		data = data[end:]
	}
	if len(all) != width {
		return nil, fmt.Errorf("%s holds %d entries, not %d", path, len(all), width)
	}
	return all, nil
}

func fail(err error) {
	if err != nil {
		fmt.Println("REFUSED:", err)
		os.Exit(1)
	}
}

// open verifies a checkpoint's signature and reads its three lines.
func open(path string, key note.Verifier) tlog.Tree {
	message, err := os.ReadFile(path)
	fail(err)
	opened, err := note.Open(message, note.VerifierList(key))
	fail(err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != key.Name() {
		fail(fmt.Errorf("%s is no checkpoint of %s", path, key.Name()))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	fail(err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	fail(err)
	tree := tlog.Tree{N: size}
	if copy(tree.Hash[:], root) != tlog.HashSize || len(root) != tlog.HashSize {
		fail(fmt.Errorf("%s has no root of %d bytes", path, tlog.HashSize))
	}
	return tree
}

func main() {
	if len(os.Args) < 3 {
		fmt.Println("usage: verify FOLDER VKEY [OLDER_CHECKPOINT...]")
		os.Exit(2)
	}
	key, err := note.NewVerifier(os.Args[2])
	fail(err)
	log := folder(os.Args[1])
	tree := open(filepath.Join(os.Args[1], "checkpoint"), key)
	hashes := tlog.TileHashReader(tree, log)

	var places []int64
	for i := int64(0); i < tree.N; i++ {
		places = append(places, tlog.StoredHashIndex(0, i))
	}
	leaves, err := hashes.ReadHashes(places)
	fail(err)

	for first := int64(0); first < tree.N; first += 1 << tileHeight {
		width := 1 << tileHeight
		if rest := tree.N - first; rest < int64(width) {
			width = int(rest)
		}
		bodies, err := log.entries(first>>tileHeight, width)
		fail(err)
		for i, body := range bodies {
			if hash := tlog.RecordHash(body); !bytes.Equal(hash[:], leaves[first+int64(i)][:]) {
				fail(fmt.Errorf("entry %d is not the one that was signed", first+int64(i)))
			}
		}
	}

	for i := int64(0); i < tree.N; i += 1 + tree.N/16 {
		proof, err := tlog.ProveRecord(tree.N, i, hashes)
		fail(err)
		fail(tlog.CheckRecord(proof, tree.N, tree.Hash, i, leaves[i]))
	}

	for _, path := range os.Args[3:] {
		older := open(path, key)
		proof, err := tlog.ProveTree(tree.N, older.N, hashes)
		fail(err)
		fail(tlog.CheckTree(proof, tree.N, tree.Hash, older.N, older.Hash))
	}
	fmt.Printf("VERIFIED: %d entries, %d older checkpoints\n", tree.N, len(os.Args)-3)
}
