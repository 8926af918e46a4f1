/// \file
/// Names the lines of the eyes on a hand-drawn drawing of a head that has an expression sheet, so that its
/// in-betweens blink as the trade draws it (inbetween/eyes.h) without anybody pointing at lids and irises.
///
/// The head is found where its neutral drawing lies; then each eye is laid on the drawing of the sheet that
/// it is most like (an eye closed by hand on the sheet's closed one), and its lines are what the lines are
/// that they were matched with.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "base/result.h"
#include "drawing/drawing.h"
#include "face/expression_sheet.h"

namespace nakawari {

/// One eye of the sheet in a drawing.
struct NamedEye {
  std::string eye;   ///< the sheet's group, "eye R"
  std::string like;  ///< the drawing of the sheet that it is most like; empty: the eye was not found
  double found = 0;  ///< share of the lines that both have, 0..1
  /// Rising by stroke; upper_lid, lower_lid, iris or highlight.
  std::vector<std::pair<StrokeId, PartKind>> lines;
};

class EyeNamer {
 public:
  /// `sheet` must be complete(). Eyes are the groups that have an upper lid.
  /// Errors: those of split_drawings. Cost: one trace a picture.
  static Result<EyeNamer> make(const ExpressionSheet& sheet, Threads threads);
  ~EyeNamer();
  EyeNamer(EyeNamer&&) noexcept;
  EyeNamer& operator=(EyeNamer&&) noexcept;

  /// One per eye of the sheet. A drawing of another page, head or angle has no eyes that are found. Pairs of
  /// drawings are matched on first use, so not const.
  /// Cost: 0.3 s; where the head lies elsewhere than on the sheet, one match() more.
  std::vector<NamedEye> name(const Drawing& drawing);

 private:
  struct State;
  explicit EyeNamer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nakawari
