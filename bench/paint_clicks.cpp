#include "bench/paint_clicks.h"

#include <algorithm>
#include <optional>

#include "bench/paint_metrics.h"

namespace nakawari::bench {
namespace {

bool same_colour(Rgba8 a, Rgba8 b) {
  return a.a == 0 ? b.a == 0 : a == b;
}

StyleId style_of(const ColourModel& model, Rgba8 colour) {
  if (colour.a == 0) return kBackgroundStyle;
  const Style* style = model.variants.empty() ? nullptr : model.find(colour, model.variants.front());
  return style == nullptr ? kUnknownStyle : style->id;
}

/// Corrects one drawing of a painter's job.
class Corrector {
 public:
  Corrector(nakawari::Painter& painter, int drawing, const PaintFrame& truth, PaintFixes& said)
      : painter_(painter),
        drawing_(drawing),
        truth_(truth),
        said_(said),
        right_(majority_colours(truth.regions, truth.painted)),
        done_(right_.size()) {
    inside_.resize(right_.size());
    for (int y = 0; y < truth.painted.height; ++y)
      for (int x = 0; x < truth.painted.width; ++x)
        if (const int label = truth.regions.label(x, y); label > 0)
          inside_[static_cast<std::size_t>(label - 1)] = {x + 0.5, y + 0.5};
  }

  /// The clicks that it took.
  Result<int> correct() {
    int clicks = 0;
    for (auto wrong = largest_wrong(); wrong; wrong = largest_wrong()) {
      ++clicks;
      done_[*wrong] = true;
      if (!say(*wrong)) continue;
      if (auto solved = painter_.solve(said_); !solved) return Failure(solved.error());
    }
    for (std::size_t r = 0; r < right_.size(); ++r)
      if (!done_[r]) say(r);
    return clicks;
  }

 private:
  [[nodiscard]] std::optional<std::size_t> largest_wrong() const {
    const PaintedDrawing made = painter_.drawing(static_cast<std::size_t>(drawing_));
    const auto ours = majority_colours(truth_.regions, best_guess(painter_, made));
    std::optional<std::size_t> worst;
    for (std::size_t r = 0; r < right_.size(); ++r) {
      if (done_[r] || same_colour(ours[r], right_[r])) continue;
      if (!worst || truth_.regions.components[r].area > truth_.regions.components[*worst].area) worst = r;
    }
    return worst;
  }

  bool say(std::size_t region) {
    const StyleId style = style_of(painter_.model(), right_[region]);
    if (style == kUnknownStyle) return false;
    said_.styles.push_back({"click", drawing_, inside_[region], style, 0});
    return true;
  }

  nakawari::Painter& painter_;
  int drawing_;
  const PaintFrame& truth_;
  PaintFixes& said_;
  std::vector<Rgba8> right_;
  std::vector<Vec2> inside_;  ///< a pixel of each region
  std::vector<bool> done_;
};

}  // namespace

Raster best_guess(const nakawari::Painter& painter, const PaintedDrawing& made) {
  Raster guess = made.painted;
  const ColourModel& model = painter.model();
  const std::string variant = model.variants.empty() ? std::string() : model.variants.front();
  for (std::size_t i = 0; i < guess.data.size(); ++i)
    if (const int label = made.region.data[i]; label > 0)
      if (const PaintedRegion& region = made.regions[static_cast<std::size_t>(label - 1)]; region.asked)
        guess.data[i] = region.style == kUnknownStyle ? kCheckColour : model.colour(region.style, variant);
  return guess;
}

Result<std::vector<int>> clicks_until_right(nakawari::Painter& painter,
                                            const std::vector<const PaintFrame*>& truth) {
  std::vector<int> clicks(truth.size(), -1);
  PaintFixes said;
  for (std::size_t d = 0; d < truth.size(); ++d) {
    if (truth[d] == nullptr) continue;
    auto count = Corrector(painter, static_cast<int>(d), *truth[d], said).correct();
    if (!count) return Failure(count.error());
    clicks[d] = *count;
    if (auto solved = painter.solve(said); !solved) return Failure(solved.error());
  }
  return clicks;
}

}  // namespace nakawari::bench
