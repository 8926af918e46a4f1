// Proportions against the approved drawings of the same head angle.
#include "check/proportion.h"

#include <fmt/format.h>

#include "check/tools.h"

namespace nakawari {
namespace {

constexpr double kProportionFail = 0.06, kProportionDeviations = 5;
constexpr int kLeast = 3;

/// How far the head is turned, without landmarks: the farther eye is narrower. About 15 degrees a bucket.
int bucket(const Eye& left, const Eye& right) {
  constexpr double kStep = 0.12;  // of ln(width / width)
  return static_cast<int>(std::lround(std::log(left.width() / right.width()) / kStep));
}

}  // namespace

std::vector<std::pair<std::string, double>> proportions(const PartMap& parts) {
  std::vector<std::pair<std::string, double>> list;
  if (parts.eyes.size() != 2) return list;
  const Eye &left = parts.eyes[0], &right = parts.eyes[1];
  if (left.width() < 8 || right.width() < 8) return list;
  const std::string angle = fmt::format("a{:+d}.", bucket(left, right));
  const double gap = distance(left.centre, right.centre);
  list.emplace_back(angle + "eye-width", (left.width() + right.width()) / 2 / gap);
  if (left.iris > 0 && right.iris > 0) {
    list.emplace_back(angle + "iris-gap", distance(left.iris_centre, right.iris_centre) / gap);
    list.emplace_back(
        angle + "iris-size",
        (std::sqrt(static_cast<double>(left.iris)) + std::sqrt(static_cast<double>(right.iris))) / 2 / gap);
  }
  return list;
}

void check_proportion(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "proportion";
  const Seen& seen = context.at(drawing);
  if (!seen.has_paint) return out.skip(kName, drawing, kNoPaint);
  const PartMap& parts = context.parts[static_cast<std::size_t>(drawing)];
  const auto list = proportions(parts);
  if (list.empty()) return out.skip(kName, drawing, "it does not show two eyes");
  bool any = false;
  for (const auto& [name, value] : list) {
    const Figure* figure = context.profile.find("proportion." + name, kLeast);
    if (!figure || figure->median <= 0) continue;
    any = true;
    // A 2-value edge strays by half a pixel; small eyes cannot be measured finer.
    const double noise = 2.5 / std::min(parts.eyes[0].width(), parts.eyes[1].width());
    const double fail =
        std::max({kProportionFail, noise, kProportionDeviations * figure->mad / figure->median});
    const double off = std::abs(value / figure->median - 1);
    if (!listed(off, fail)) continue;
    const std::string what = name.substr(name.find('.') + 1);
    Finding found = finding(kName, drawing, off, value, figure->median, fail * figure->median, "ratio",
                            (parts.eyes[0].centre + parts.eyes[1].centre) / 2,
                            2 * distance(parts.eyes[0].centre, parts.eyes[1].centre),
                            fmt::format("{} over the distance of the eyes is {:.3f}, approved {:.3f}", what,
                                        value, figure->median));
    found.part = what;
    out.findings.push_back(std::move(found));
  }
  if (!any) out.skip(kName, drawing, "no three approved drawings show the head at this angle");
}

}  // namespace nakawari
