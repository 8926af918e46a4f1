/// \file
/// What the fuzzers of a cut's own files run on any bytes, shared with the test that replays the corpus.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/check.h"
#include "cut/cut_file.h"
#include "cut/face_file.h"
#include "cut/face_track_file.h"
#include "cut/fixes_file.h"
#include "cut/memory_disk.h"
#include "cut/serial.h"
#include "cut/steps.h"

namespace nakawari::fuzz {

inline std::string_view text_of(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

inline void cut_file(std::span<const std::uint8_t> bytes) {
  const auto read = read_cut_file(text_of(bytes), "cut.toml", "c001");
  if (!read) {
    NAKAWARI_CHECK(!read.error().message.empty());
    return;
  }
  NAKAWARI_CHECK(!read->id.empty());
  for (const CelFile& cel : read->cels)
    for (const std::string& path : {cel.image, cel.drawings, cel.charts, cel.painted, cel.model,
                                    cel.model_picture, cel.face, cel.track})
      NAKAWARI_CHECK(path.empty() || stays_inside(path));
}

/// What was read and written by us is read as the same again.
inline void fixes(std::span<const std::uint8_t> bytes) {
  const auto read = read_fixes(text_of(bytes), "A.toml");
  if (!read) return;
  for (const Fix& fix : read->fixes) {
    if (fix.kind == FixKind::unknown) continue;
    const std::string text = fix_text(fix);
    const auto again = read_fixes(text, "A.toml");
    NAKAWARI_CHECK(again.has_value() && again->fixes.size() == 1);
    NAKAWARI_CHECK(fix_text(again->fixes.front()) == text);
  }
}

inline void face(std::span<const std::uint8_t> bytes) {
  static_cast<void>(read_track_text(text_of(bytes), "track.toml"));
  const auto read = read_face_text(text_of(bytes), "face.toml");
  if (!read) return;
  const std::string text = face_text(read->sheet);
  const auto again = read_face_text(text, "face.toml");
  NAKAWARI_CHECK(again.has_value());
  NAKAWARI_CHECK(face_text(again->sheet) == text);
}

/// The cache is ours, but a disk may damage it.
inline void cached(std::span<const std::uint8_t> bytes) {
  if (const auto key = traced_key_from(bytes)) NAKAWARI_CHECK(traced_key_from(to_bytes(*key)).has_value());
  if (const auto pair = matched_pair_from(bytes))
    NAKAWARI_CHECK(matched_pair_from(to_bytes(*pair)).has_value());
  if (const auto eyes = named_eyes_from(bytes)) NAKAWARI_CHECK(named_eyes_from(to_bytes(*eyes)).has_value());
  if (const auto made = inbetween_from(bytes)) NAKAWARI_CHECK(inbetween_from(to_bytes(*made)).has_value());
  if (const auto judged = judgement_from(bytes))
    NAKAWARI_CHECK(judgement_from(to_bytes(*judged)).has_value());
  if (const auto styles = painted_styles_from(bytes))
    NAKAWARI_CHECK(painted_styles_from(to_bytes(*styles)).has_value());
  if (const auto matches = line_matches_from(bytes))
    NAKAWARI_CHECK(line_matches_from(to_bytes(*matches)).has_value());
}

/// A build goes on with any log, and what it then remembers holds.
inline void step_log(std::span<const std::uint8_t> bytes) {
  MemoryDisk disk;
  disk.put("cut/out/.cache/log", text_of(bytes));
  disk.put("cut/out/A2.png", "line");
  const StepSpec step{"draw A2", {{"t", hash_of(std::string_view("0.5"))}}, {"out/A2.png"}};
  {
    StepLog log(disk, "cut");
    const std::vector<std::uint8_t> made{1, 2, 3};
    if (!log.why_dirty(step).empty()) NAKAWARI_CHECK(log.finish(step, {made}).has_value());
    NAKAWARI_CHECK(log.close(false).has_value());
  }
  StepLog log(disk, "cut");
  NAKAWARI_CHECK(log.why_dirty(step).empty());
}

}  // namespace nakawari::fuzz
