/// \file
/// Results of steps as bytes, for the cache: exact (a value that was read back is the value that was written,
/// to the last bit) and independent of memory layout, so that equal results have equal hashes.
///
/// Form: little-endian numbers, counts as 32 bits, no padding; a four-byte mark and a version in front.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "base/verdict.h"
#include "drawing/drawing.h"
#include "face/eye_names.h"
#include "inbetween/inbetween.h"
#include "match/match.h"
#include "paint/style_map.h"
#include "trace/trace.h"

namespace nakawari {

using Bytes = std::vector<std::uint8_t>;

/// A traced key.
struct TracedKey {
  Drawing drawing;
  TraceReport report;
};

/// A matched pair, with the fixes that took part and those that could not be placed.
struct MatchedPair {
  Correspondence correspondence;
  std::vector<std::string> used, lost;
  std::vector<UnclearEye> unclear;  ///< fixes that circle an eye which is not plain
};

/// The eyes of a hand-drawn key, as an expression sheet names their parts.
struct NamedEyes {
  std::vector<NamedEye> eyes;
};

/// The styles that a drawing was painted with, and the lines that they belong to.
struct PaintedStyles {
  Hash lines;
  bool given = false;  ///< read from a person's picture; an empty map: that picture is of other lines
  StyledDrawing drawing;
};

/// Lines of two drawings of a cel that the painter matched; `of` names the lines and the page's part.
struct LineMatch {
  Hash of;
  Registration there, back;
};

Bytes to_bytes(const TracedKey& key);
Bytes to_bytes(const MatchedPair& pair);
Bytes to_bytes(const NamedEyes& eyes);
Bytes to_bytes(const Inbetween& inbetween);
Bytes to_bytes(const Judgement& judgement);
Bytes to_bytes(const PaintedStyles& styles);
Bytes to_bytes(const std::vector<LineMatch>& matches);

/// Errors: bad_input: cut short, or of another form.
Result<TracedKey> traced_key_from(std::span<const std::uint8_t> bytes);
Result<MatchedPair> matched_pair_from(std::span<const std::uint8_t> bytes);
Result<NamedEyes> named_eyes_from(std::span<const std::uint8_t> bytes);
Result<Inbetween> inbetween_from(std::span<const std::uint8_t> bytes);
Result<Judgement> judgement_from(std::span<const std::uint8_t> bytes);
Result<PaintedStyles> painted_styles_from(std::span<const std::uint8_t> bytes);
Result<std::vector<LineMatch>> line_matches_from(std::span<const std::uint8_t> bytes);

}  // namespace nakawari
