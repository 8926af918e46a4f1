/// \file
/// What the fuzzers of this module run on any bytes, shared with the test that replays the corpus. Each
/// breaks a guarantee (check.h) where a reader's promise does not hold.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/check.h"
#include "sheet/chart.h"
#include "sheet/csv.h"
#include "sheet/names.h"
#include "sheet/plan.h"
#include "sheet/sheet.h"
#include "sheet/xdts.h"

namespace nakawari::fuzz {

/// Sheets of this length are also resolved and planned; longer ones would only slow the search down.
inline constexpr int kPlannedFrames = 2'000;

inline std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Everything that the program does with a sheet keeps its own promises.
inline void use(const ExposureSheet& sheet) {
  NAKAWARI_CHECK(sheet.duration >= 1 && sheet.duration <= kMaxSheetFrames);
  if (sheet.duration > kPlannedFrames) return;
  for (const SheetTrack& cel : sheet.cels) {
    const ResolvedCel resolved = resolve(cel, sheet.duration);
    NAKAWARI_CHECK(resolved.at.size() == static_cast<std::size_t>(sheet.duration));
    std::set<std::string> existing;
    for (std::size_t i = 0; i < resolved.drawings.size(); i += 3) existing.insert(resolved.drawings[i].name);
    const CelPlan plan = plan_cel(resolved, existing);
    NAKAWARI_CHECK(plan.drawings.size() == resolved.drawings.size());
    for (const PlannedDrawing& drawing : plan.drawings) {
      if (drawing.state == DrawingState::inbetween) NAKAWARI_CHECK(drawing.t > 0 && drawing.t < 1);
      const std::string path = drawing_path("A/A####", drawing.name, resolved.name);
      NAKAWARI_CHECK(path.substr(0, 2) == "A/" && path.find('/', 2) == std::string::npos && path[2] != '.');
    }
  }
  for (const SheetTrack& track : sheet.dialogue) spans(track, sheet.duration);
}

inline void xdts(std::span<const std::uint8_t> bytes) {
  const auto read = read_xdts(bytes, "x");
  if (!read) return;
  use(read->sheet);
  // What was read once, written and read again, stays the same.
  const std::string text = write_xdts(read->sheet);
  const auto again = read_xdts(bytes_of(text), "x");
  NAKAWARI_CHECK(again.has_value());
  NAKAWARI_CHECK(write_xdts(again->sheet) == text);
}

inline void csv(std::span<const std::uint8_t> bytes) {
  const auto read = read_csv(bytes, "x");
  if (!read) return;
  use(read->sheet);
  const std::string text = write_csv(read->sheet);
  const auto again = read_csv(bytes_of(text), "x");
  NAKAWARI_CHECK(again.has_value());
  NAKAWARI_CHECK(again->sheet == read->sheet);
}

inline void charts(std::span<const std::uint8_t> bytes) {
  const auto read = read_charts({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, "x");
  if (!read) return;
  Report notes;
  for (const Chart& chart : read->charts) {
    for (const int count : {0, 1, 7, 300}) {
      double previous = 0;
      for (const double t : positions(&chart, count, "x", notes)) {
        NAKAWARI_CHECK(t > previous && t < 1);
        previous = t;
      }
    }
  }
}

}  // namespace nakawari::fuzz
