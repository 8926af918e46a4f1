/// \file
/// All drawings of a cel as the checks see them: each with its neighbours in time, the style that it is held
/// against, and the colour model.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "base/result.h"
#include "check/finding.h"
#include "check/look.h"
#include "check/parts.h"
#include "check/profile.h"
#include "paint/colour_model.h"

namespace nakawari {

/// Where a sample of one drawing lies in another.
struct SampleHit {
  Vec2 place;                ///< on the other's line when found, else where the motion carries it
  std::int32_t sample = -1;  ///< nearest sample of the other drawing, -1: no line there
};

/// Where a region of one drawing went in another.
struct RegionHit {
  int best = -1;    ///< region of the other drawing that most of its pixels land in
  float share = 0;  ///< of its pixels
  Rgba8 colour = kClear;
  float colour_share = 0;                     ///< of its pixels that land on `colour` there
  std::vector<std::pair<int, float>> landed;  ///< every region there with its share, by region
};

/// One drawing registered in another.
struct Track {
  int from = -1, to = -1;
  std::vector<SampleHit> samples;  ///< one per sample of `from`
  std::vector<RegionHit> regions;  ///< one per region of `from`
  std::vector<std::uint8_t> sure;  ///< one per sample: found, and the way back leads home
  double found = 0;                ///< share of samples with a line there
  Motion motion;
  int zoom = 1;
  [[nodiscard]] Vec2 moved(Vec2 p) const;
};

struct CheckOptions {
  Threads threads;
  std::vector<std::string> only;  ///< words of checks; empty: all
};

struct CheckContext {
  std::string cel;
  std::vector<Seen> drawings;
  std::map<std::pair<int, int>, Track>
      tracks;               ///< every drawing with what stands before and after it, both ways
  StyleProfile profile;     ///< of approved drawings
  bool own_profile = true;  ///< made from this cel
  ColourModel model;        ///< may be empty
  std::string variant;
  std::vector<PartMap> parts;  ///< per drawing
  /// Per drawing: as a whole it is found again in both neighbours and lies about between them; false without
  /// both.
  std::vector<std::uint8_t> followed;

  [[nodiscard]] const Seen& at(int drawing) const { return drawings[static_cast<std::size_t>(drawing)]; }
  /// nullptr when `from` or `to` is none, or the two were not registered.
  [[nodiscard]] const Track* track(int from, int to) const;
  [[nodiscard]] const Style* style(Rgba8 colour) const { return model.find(colour, variant); }
};

/// What the caller knows of a cel.
struct CheckJob {
  std::string cel;
  int drawings = 0;
  /// Called once for every index, from several threads. So that never all pictures are in memory.
  std::function<Result<CheckInput>(int)> load;
  std::optional<StyleProfile> profile;  ///< none: made from the approved drawings of the cel
  ColourModel model;
  std::string variant;
};

/// The drawing was understood around a place: of its lines within `radius`, most are found before and after
/// and lead back (the radius grows where there are few lines), and they lie about between the two. Only there
/// may one say that something is missing or moved. Lines within `hole` of the place do not count: they may be
/// what is wrong. Needs both neighbours.
bool is_understood(const CheckContext& context, int drawing, Vec2 at, double radius, double hole = 0);

/// Looks at all drawings and registers neighbours. The first error in the order of the drawings is returned.
Result<CheckContext> look_at_cel(const CheckJob& job, Threads threads);

/// Puts another picture in the place of a drawing and registers it anew; the style stays. For what-if: a fix
/// shown before it is applied, a fault planted.
Result<void> replace_drawing(CheckContext& context, int drawing, CheckInput input);

/// What the checks said about a cel, by drawing, then in the order of the table.
Outcome run_checks(const CheckContext& context, const CheckOptions& options);

/// The style of the approved drawings of a cel, pooled by profile_of.
std::vector<Measurements> approved_measurements(const CheckContext& context);

}  // namespace nakawari
