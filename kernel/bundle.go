package kernel

// This file makes MIME bundles and metadata fit for the wire: valid MIME
// types, JSON kept as JSON, bytes as base64, and no number that JSON lacks.

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strings"
	"unicode/utf8"

	"weft/interp"
)

var mimeType = regexp.MustCompile(`^[\w\-+.]+/[\w\-+.]+$`)

// wireBundle gives the data object of a display message and the MIME types
// that were left out because they are none.
func wireBundle(b interp.Bundle) (data map[string]any, dropped []string) {
	data = make(map[string]any, len(b))
	for key, v := range b {
		name, _, _ := strings.Cut(key, ";")
		name = strings.TrimSpace(name)
		if !mimeType.MatchString(name) {
			dropped = append(dropped, key)
			continue
		}
		data[name] = wireData(name, v)
	}
	return data, dropped
}

// wireData gives one representation as it goes into JSON.
func wireData(mime string, v any) any {
	switch v := v.(type) {
	case json.RawMessage:
		return rawJSON(v)
	case []byte:
		return base64.StdEncoding.EncodeToString(v)
	case string:
		if isJSONType(mime) && json.Valid([]byte(v)) {
			return json.RawMessage(v)
		}
		return validText(v)
	}
	return wireValue(v)
}

func isJSONType(mime string) bool {
	return mime == "application/json" || strings.HasSuffix(mime, "+json")
}

// rawJSON keeps valid JSON as it is and makes a string of anything else.
func rawJSON(raw json.RawMessage) any {
	if json.Valid(raw) {
		return raw
	}
	return validText(string(raw))
}

// wireObject gives a metadata object that encodes without error; nil becomes
// an empty object.
func wireObject(m map[string]any) map[string]any {
	out := make(map[string]any, len(m))
	for k, v := range m {
		out[validText(k)] = wireValue(v)
	}
	return out
}

// wireValue replaces what JSON cannot hold: NaN and infinities by null, and
// values of other kinds by their text.
func wireValue(v any) any {
	switch v := v.(type) {
	case nil, bool, int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64:
		return v
	case string:
		return validText(v)
	case json.RawMessage:
		return rawJSON(v)
	case []byte:
		return base64.StdEncoding.EncodeToString(v)
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
		return v
	case float32:
		return wireValue(float64(v))
	case map[string]any:
		return wireObject(v)
	}
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.Slice, reflect.Array:
		out := make([]any, r.Len())
		for i := range out {
			out[i] = wireValue(r.Index(i).Interface())
		}
		return out
	case reflect.Map:
		out := make(map[string]any, r.Len())
		for it := r.MapRange(); it.Next(); {
			out[validText(fmt.Sprint(it.Key().Interface()))] = wireValue(it.Value().Interface())
		}
		return out
	}
	if text, err := json.Marshal(v); err == nil {
		return json.RawMessage(text)
	}
	return validText(fmt.Sprint(v))
}

// validText replaces each byte that is not UTF-8 by U+FFFD.
func validText(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}
