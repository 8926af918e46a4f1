/// \file
/// Two neighbouring keys of a cel with drawings to be made between them, and how those are to be drawn: what
/// the build and the desk have to do alike, so that they draw the same.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cut/load_cut.h"
#include "face/eye_names.h"
#include "inbetween/inbetween.h"
#include "match/match.h"

namespace nakawari {

struct Pair {
  const LoadedCel* cel = nullptr;
  int from = 0, to = 0;  ///< indices of the keys
  [[nodiscard]] const LoadedDrawing& a() const { return cel->drawings[static_cast<std::size_t>(from)]; }
  [[nodiscard]] const LoadedDrawing& b() const { return cel->drawings[static_cast<std::size_t>(to)]; }
};

/// Each pair of keys with an in-between, once, in the order of the sheet.
std::vector<Pair> pairs_of(const LoadedCel& cel);

/// The pairs before and after one, for paths that run on through its keys.
struct PairsAround {
  const Pair *before = nullptr, *after = nullptr;  ///< among the pairs that were given
  double time_before = 1, time_after = 1;
  Around::Use use = Around::Use::shape;
};

/// Paths run on through keys only where no chart eases into them, and speed only where no key holds, too.
/// Where one drawing stands between each two keys, all at even times, the keys are samples of one motion
/// (plain_time).
PairsAround around_of(const std::vector<Pair>& pairs, const Pair& pair);

/// What the pace of a pair and of those around it says to its drawings, as text to compare and to hash.
std::string pace_text(const Pair& pair, const PairsAround& around);

/// The eyes of both keys, where the cel has an expression sheet that names their parts.
struct PairEyes {
  std::vector<NamedEye> a, b;
};

/// What is known of the eyes of a pair: what group fixes say, then what the sheet's drawings name of lines
/// that no group fix holds.
EyeNames eyes_of_pair(const std::vector<GroupFix>& groups, const PairEyes& named, const Drawing& a,
                      const Drawing& b);

/// How to prepare the pair: the correspondences of the pairs around it (null: none), the arcs that a person
/// drew and the parts of eyes, for the traced keys `a` and `b`.
InbetweenOptions inbetween_options(const Pair& pair, const PairsAround& around,
                                   std::shared_ptr<const Correspondence> before,
                                   std::shared_ptr<const Correspondence> after, const PairEyes& eyes,
                                   const Drawing& a, const Drawing& b);

/// The parts of a drawing that have a spacing of their own.
std::vector<GroupSpacing> spacings(const LoadedDrawing& drawing);

}  // namespace nakawari
