// Eyes and teeth: white under the iris (sanpaku), unequal irises, slipping highlights, teeth that jump.
#include <fmt/format.h>

#include "check/tools.h"

namespace nakawari {
namespace {

constexpr double kBelow = 0.08, kIrises = 0.15, kGlint = 0.10;  // fail
constexpr double kTeeth = 1.0;                                  // px at 1920, fail
constexpr double kEyeRulesDeviations = 5;
constexpr int kLeastEyes = 2;
constexpr int kLeastIris = 60;  // px: smaller irises are judged by nobody

double unequal(const PartMap& parts) {
  if (parts.eyes.size() != 2) return -1;
  const double a = parts.eyes[0].iris, b = parts.eyes[1].iris;
  return a < kLeastIris || b < kLeastIris ? -1 : std::abs(a - b) / ((a + b) / 2);
}

/// Place of the highlight in the frame of its iris, by the iris' size.
std::optional<Vec2> glint_place(const Eye& eye) {
  if (eye.iris < kLeastIris || eye.glint == 0) return std::nullopt;
  return (eye.glint_centre - eye.iris_centre) / std::sqrt(static_cast<double>(eye.iris + eye.glint));
}

}  // namespace

void check_eye_rules(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "eye-rules";
  const Seen& seen = context.at(drawing);
  if (!seen.has_paint) return out.skip(kName, drawing, kNoPaint);
  const PartMap& parts = context.parts[static_cast<std::size_t>(drawing)];
  const PartBlob* teeth = parts.largest(PaintedPart::teeth);
  if (parts.eyes.empty() && !teeth)
    return out.skip(kName, drawing, "it shows no eye that the colour model names");
  const auto add = [&](double off, double value, double usual, double fail, const char* unit, Vec2 at,
                       double size, const char* part, std::string text) {
    if (!listed(off, fail)) return;
    Finding found = finding(kName, drawing, off, value, usual, fail, unit, at, size, std::move(text));
    found.part = part;
    out.findings.push_back(std::move(found));
  };
  const Figure* below = context.profile.find("eye.below", kLeastEyes);
  const Neighbours near = neighbours(context, drawing);
  const auto parts_of = [&](int other) -> const PartMap* {
    return other >= 0 ? &context.parts[static_cast<std::size_t>(other)] : nullptr;
  };
  for (std::size_t e = 0; e < parts.eyes.size(); ++e) {
    const Eye& eye = parts.eyes[e];
    if (eye.iris < kLeastIris) continue;
    if (below) {
      // Eyes that show as much beside this drawing are drawn so.
      double usual = below->median;
      for (const int other : {near.before, near.after})
        if (const PartMap* p = parts_of(other);
            p && p->eyes.size() == parts.eyes.size() && p->eyes[e].iris >= kLeastIris)
          usual = std::max(usual, p->eyes[e].below());
      add(eye.below() - usual, eye.below(), usual, std::max(kBelow, kEyeRulesDeviations * below->mad),
          "share", eye.centre, eye.width(), "eye",
          fmt::format("{:.0f} % of the eye is white under the iris, usual {:.0f} %", 100 * eye.below(),
                      100 * usual));
    }
    const auto here = glint_place(eye);
    const PartMap *b = parts_of(near.before), *a = parts_of(near.after);
    if (!here || !b || !a || b->eyes.size() != parts.eyes.size() || a->eyes.size() != parts.eyes.size())
      continue;
    const auto was = glint_place(b->eyes[e]), will = glint_place(a->eyes[e]);
    if (!was || !will) continue;
    const double moving = distance(*was, *will);
    const double off = distance(*here, (*was + *will) / 2);
    add(off, off, 0, std::max(kGlint, moving), "of iris", eye.iris_centre, eye.width(), "highlight",
        fmt::format("the highlight lies {:.0f} % of the iris beside the middle of its neighbours",
                    100 * off));
  }
  if (!below && !parts.eyes.empty())
    out.skip(kName, drawing, "fewer than two approved eyes to compare the white under the iris with");
  if (const double here = unequal(parts); here >= 0) {
    double usual = -1;
    for (const int other : {near.before, near.after})
      if (const PartMap* p = parts_of(other)) usual = std::max(usual, unequal(*p));
    if (usual >= 0)
      add(here - usual, here, usual, kIrises, "share", (parts.eyes[0].centre + parts.eyes[1].centre) / 2,
          2 * parts.eyes[0].width(), "iris",
          fmt::format("the irises differ by {:.0f} % in area, beside this drawing by {:.0f} %", 100 * here,
                      100 * usual));
  }
  const PartMap *b = parts_of(near.before), *a = parts_of(near.after);
  const PartBlob *was = b ? b->largest(PaintedPart::teeth) : nullptr,
                 *will = a ? a->largest(PaintedPart::teeth) : nullptr;
  if (teeth && was && will) {
    // The upper edge stays with the skull while the mouth opens.
    const Vec2 edge{(teeth->left + teeth->right) / 2.0, static_cast<double>(teeth->top)};
    const Vec2 edge_b{(was->left + was->right) / 2.0, static_cast<double>(was->top)};
    const Vec2 edge_a{(will->left + will->right) / 2.0, static_cast<double>(will->top)};
    const double off = distance(edge, (edge_b + edge_a) / 2);
    const double fail = std::max(std::max(1.0, seen.px(kTeeth)) + 1, distance(edge_a, edge_b));
    add(off, off, 0, fail, "px", teeth->centre, teeth->width(), "teeth",
        fmt::format("the teeth lie {:.1f} px beside the middle of their neighbours", off));
  }
}

}  // namespace nakawari
