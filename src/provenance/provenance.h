/// \file
/// Where a derived drawing comes from: its keys, its place between them, the corrections that took part and,
/// stroke by stroke, the pieces of the artist's strokes it was made of. The answer to "whose line is this?"
/// stands beside every drawing that the program made, as out/provenance/NAME.json:
///
///   {"version": 1, "program": "nakawari 0.1.0", "cel": "A", "drawing": "A0002", "t": 0.25,
///    "keys": [{"file": "A/A0001.png", "hash": "9f..."}, {"file": "A/A0005.png", "hash": "07..."}],
///    "fixes": ["f1"],
///    "strokes": [[{"key": 0, "stroke": 12, "from": 0.0, "to": 88.5}, ...], ...]}
///
/// A stroke's parents are intervals of arc length, px, on strokes of a key as traced. Fields are added, never
/// renamed. Pure values: the same inputs give the same bytes.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "inbetween/inbetween.h"

namespace nakawari {

/// A drawing by hand that others were made from.
struct SourceDrawing {
  std::string file;  ///< relative to the cut
  Hash hash;         ///< of its bytes
  friend bool operator==(const SourceDrawing&, const SourceDrawing&) = default;
};

struct Provenance {
  std::string program, cel, drawing;
  double t = 0;
  std::array<SourceDrawing, 2> keys;
  std::vector<std::string> fixes;
  std::vector<std::vector<Parent>> strokes;  ///< as Inbetween::parents
};

/// One line of JSON. Names that are not UTF-8 are written with replacement characters.
std::string provenance_json(const Provenance& provenance);

/// Reads it back; `file` is for errors.
///
/// Errors: bad_input: no JSON, another version, a field that is missing or of a wrong type.
Result<Provenance> read_provenance(std::string_view text, const std::string& file);

/// The share of the drawing's strokes that have a parent in a key: 1 when the program invented nothing. A
/// drawing without strokes has 1.
double share_with_parents(const Provenance& provenance);

}  // namespace nakawari
