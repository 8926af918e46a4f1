/// \file
/// Draws the faces between an artist's expression drawings: each part blended by its own rules, put back
/// onto the artist's drawing.
///
/// At a sample the picture is the artist's own, to the pixel. A part that a mixture leaves at one drawing
/// keeps that drawing's pixels; only parts that are truly between are drawn. Where the drawings cannot be
/// blended (lines that the other lacks, a drawn closed eye) the nearest is shown and the verdict says so.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "base/result.h"
#include "base/verdict.h"
#include "drawing/drawing.h"
#include "face/expression_sheet.h"
#include "face/part_blend.h"
#include "face/track.h"
#include "image/grid.h"
#include "match/registration.h"

namespace nakawari {

struct FaceOptions {
  FacePaths paths = FacePaths::turning;
  bool rules = true;  ///< off for comparison in the benchmark
  Threads threads;
};

/// What became of one group in a mixture.
struct GroupUse {
  std::string group;
  std::vector<double> weights;  ///< per sample of the sheet
  int shown = -1;               ///< the sample whose pixels stand, or -1: blended
  int reference = -1;           ///< whose strokes were blended
  double covered = 1;           ///< see BlendedPart
  Vec2 glance;                  ///< where the iris is moved to, see rules.h; zero: nowhere
};

struct FaceDrawing {
  Raster lines;                ///< as the sheet's drawings: same page, same kind
  Drawing blended;             ///< strokes of the groups that were blended, on the page
  std::vector<int> group_of;   ///< per stroke of `blended`: index into `uses`
  int base = 0;                ///< the sample that lent everything outside the groups
  bool exact = false;          ///< the picture is one sample's own
  std::vector<GroupUse> uses;  ///< one per group of the sheet
  /// Per sample that takes part in some group: where its lines went. here = this drawing, there = the sample.
  std::vector<std::pair<int, Registration>> anchors;
  Judgement judgement;
};

class Face {
 public:
  /// Traces and splits the drawings. `sheet` must be complete().
  /// Errors: those of split_drawings. Cost: about 0.3 s a drawing of 1920x1080.
  static Result<Face> make(ExpressionSheet sheet, FaceOptions options = {});
  ~Face();
  Face(Face&&) noexcept;
  Face& operator=(Face&&) noexcept;

  [[nodiscard]] const ExpressionSheet& sheet() const;
  [[nodiscard]] const Raster& picture(int sample) const;

  /// The face of a mixture. Pairs of drawings are matched on first use and remembered, so not const.
  /// Errors: bad_input for an unknown parameter.
  /// Cost:   some ms a mixture at 1920x1080 once the pairs are known; see docs/face.md.
  Result<FaceDrawing> at(const Mixture& mixture);

  /// The same, with groups that have a mixture of their own (FaceTrack::leads).
  Result<FaceDrawing> at(const FaceMoment& moment);

  /// The same without a picture: strokes, anchors and verdict, `lines` empty.
  Result<FaceDrawing> strokes(const Mixture& mixture);

  /// A blend with given weights of the samples, the same for all groups: for measuring.
  FaceDrawing blend(const std::vector<double>& weights);

 private:
  struct State;
  Result<FaceDrawing> mixed(const FaceMoment& moment, bool lines);
  explicit Face(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// The picture of the space: the neutral drawing in the middle of its row, one row a parameter, in steps.
/// `size`: width of one face in pixels; `seen`: the picture to show of a face, its lines when empty.
Result<Raster> contact_sheet(Face& face, int size,
                             const std::function<Result<Raster>(const FaceDrawing&)>& seen = {});

}  // namespace nakawari
