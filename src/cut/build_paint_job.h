/// \file
/// What the painter is asked about a cel: its drawings, references, fixes and what the in-betweener knows.
/// Internal to the build.
#pragma once

#include <string>
#include <vector>

#include "cut/build_state.h"
#include "cut/paint_fixes.h"
#include "cut/serial.h"
#include "paint/paint.h"

namespace nakawari {

/// What is painted in a cel: its colour model and the file's hash; empty without one.
struct CelModel {
  ColourModel model;
  Hash hash;
};

bool speaks_of(const Fix& fix, const LoadedCel& cel, const LoadedDrawing& drawing);
/// The fix that approved the painted picture of a drawing, the last one; nullptr without.
const Fix* approval(const LoadedCel& cel, const LoadedDrawing& drawing);
/// The picture that stands for the drawing's paint whatever is computed: approved, or painted by hand; empty
/// without.
std::string given_paint(const BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing);
Result<Raster> given_picture(BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing);
/// The picture of the drawing's lines.
Result<Raster> line_picture(BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing);
/// The styles of a given picture; an empty map when it was approved on other lines.
PaintedStyles given_styles(const LoadedCel& cel, const LoadedDrawing& drawing, const Raster& painted,
                           const Raster& source, const ColourModel& model);
/// Whether the picture of the cel's colour model is compared with: there is one, and no drawing is painted.
bool uses_model_picture(const BuildState& state, const LoadedCel& cel);
std::string variant_of(const BuildState& state, const LoadedCel& cel);

/// The job of a cel whose references were read. With a model it is colour-coded (style_map.h), so that the
/// answer does not depend on the palette. It holds no fixes; approvals whose picture fits no more go to
/// `lost`.
Result<PaintJob> load_paint_job(BuildState& state, const LoadedCel& cel, const CelModel& model,
                                std::vector<std::string>& lost);

/// The names under which the lines of pairs of the job's drawings are remembered: of the program, the lines
/// of both and the inked part, so that what is remembered is what would be found.
class LineMatchNames {
 public:
  LineMatchNames(BuildState& state, const LoadedCel& cel, const PaintJob& job);
  [[nodiscard]] Hash of(int first, int second) const;
  /// False for the model's picture, which is no drawing of the cel.
  [[nodiscard]] bool has(int drawing) const { return drawing < static_cast<int>(lines_.size()); }

 private:
  Hash page_;
  std::vector<Hash> lines_;
};
/// What the paint of the cel before left that fits this job's lines. A file that is missing or damaged is
/// none.
void remember_lines(BuildState& state, const LoadedCel& cel, const LineMatchNames& names, PaintJob& job);
/// The same of this job, for the next.
std::vector<LineMatch> to_remember(const LineMatchNames& names,
                                   const std::vector<PaintRegistration>& matched);

/// The paint fixes of the cel; those whose style or drawing is not there go to `lost`.
PaintFixes paint_fixes(const LoadedCel& cel, const CelModel& model, std::vector<std::string>& lost);

}  // namespace nakawari
