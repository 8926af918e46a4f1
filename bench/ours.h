/// \file
/// The project's own way from two keys to a drawing between, with the time of each step.
#pragma once

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/verdict.h"
#include "bench/sequence.h"
#include "image/grid.h"
#include "inbetween/paths.h"
#include "match/fixes.h"
#include "match/match.h"
#include "match/registration.h"

namespace nakawari::bench {

/// False in a build without the stages: every call below then gives missing_tool.
bool ours_is_built();

/// Milliseconds of wall time.
struct OurTimes {
  double trace = 0, match = 0, setup = 0, draw = 0;
};

/// A key as strokes.
class TracedKey {
 public:
  TracedKey();
  ~TracedKey();
  TracedKey(TracedKey&&) noexcept;
  TracedKey& operator=(TracedKey&&) noexcept;
  static Result<TracedKey> of(const Raster& key);
  [[nodiscard]] double milliseconds() const;

  struct State;
  [[nodiscard]] const State& state() const { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

/// A figure of which the verdict is made, by name.
using Feature = std::pair<std::string_view, double>;

struct OurDrawing {
  Raster picture;
  Judgement judgement;
  std::vector<Feature> features;
  Registration to_a, to_b;
};

/// Which line of one key is which of the other, and how long that took.
struct MatchedKeys {
  std::shared_ptr<const Correspondence> correspondence;
  double milliseconds = 0;
};
Result<MatchedKeys> matched(const TracedKey& a, const TracedKey& b, const MatchFixes& fixes = {});

/// Two keys, matched and ready for any t.
class OurPair {
 public:
  OurPair();
  ~OurPair();
  OurPair(OurPair&&) noexcept;
  OurPair& operator=(OurPair&&) noexcept;
  static Result<OurPair> of(const TracedKey& a, const TracedKey& b, const MatchFixes& fixes = {},
                            const std::vector<DrawnArc>& arcs = {}, int drawings = 1);
  /// From matches that are known. With those of the keys before and after (before to a, b to after; either
  /// may be null) paths run on through the pair.
  static OurPair of(const TracedKey& a, const TracedKey& b, const MatchedKeys& pair,
                    const MatchedKeys* before = nullptr, const MatchedKeys* after = nullptr,
                    int drawings = 1);
  /// With the true motion in place of matching: what drawing alone loses. Needs tracks.
  static OurPair of_truth(const Sequence& sequence, int first, int last, const TracedKey& a,
                          const TracedKey& b);
  /// The same pairs of lines with other arcs: cheap.
  [[nodiscard]] OurPair with(const TracedKey& a, const TracedKey& b, const std::vector<DrawnArc>& arcs) const;
  /// The drawing at t and, added to `times`, how long each step took.
  [[nodiscard]] Result<OurDrawing> at(double t, OurTimes* times = nullptr) const;

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace nakawari::bench
