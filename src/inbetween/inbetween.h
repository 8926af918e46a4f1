/// \file
/// Draws the drawings between two keys of one cel.
///
/// An in-between is a recipe (keys, correspondence, t, spacing), not pixels: it can be made again at any t,
/// and a change of key, chart or fix redoes only what depends on it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/verdict.h"
#include "drawing/drawing.h"
#include "inbetween/assemble.h"
#include "inbetween/evidence.h"
#include "inbetween/eyes.h"
#include "inbetween/paths.h"
#include "match/match.h"
#include "match/registration.h"

namespace nakawari {

struct Inbetween {
  Drawing drawing;
  std::vector<std::vector<Parent>> parents;  ///< one list per stroke of `drawing`
  Registration to_a, to_b;                   ///< here = the in-between, there = the key
  Evidence evidence;                         ///< what the judgement was made from
  Judgement judgement;
};

struct InbetweenOptions {
  int drawings = 1;              ///< how many are asked for between the keys; the verdict counts on it
  bool timed = false;            ///< the artist's chart says when they come: nothing is guessed of it
  Around around;                 ///< the keys before and after, for paths that run on through the pair
  std::vector<DrawnArc> arcs;    ///< the artist's
  std::vector<DepthFix> depths;  ///< the artist's
  std::vector<EyeLines> eyes;    ///< parts of eyes that somebody has named
};

/// Prepares a pair of keys once; then every t is cheap.
///
/// Cost: one sparse factorisation in the constructor (about 0.2 s for a full figure), one
/// back-substitution and one pass over the samples per t (at most 50 ms at 1920x1080).
/// The keys and the correspondence are copied.
class Inbetweener {
 public:
  Inbetweener(Drawing a, Drawing b, Correspondence correspondence, InbetweenOptions options = {});
  ~Inbetweener();
  Inbetweener(Inbetweener&&) noexcept;
  Inbetweener& operator=(Inbetweener&&) noexcept;

  /// The drawing at t, 0 < t < 1 (the keys themselves are the artist's rasters; asking for them is
  /// wrong_use).
  [[nodiscard]] Result<Inbetween> at(double t, const std::vector<GroupSpacing>& groups = {}) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nakawari
