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

/// The smallest blob of a face that holds both eyes.
const PartBlob* face_of(const PartMap& parts) {
  const PartBlob* face = nullptr;
  const auto holds = [](const PartBlob& blob, Vec2 p) {
    return p.x > blob.left && p.x < blob.right && p.y > blob.top - blob.height() / 2 && p.y < blob.bottom;
  };
  for (const PartBlob& blob : parts.blobs)
    if (blob.kind == PaintedPart::face && holds(blob, parts.eyes[0].centre) &&
        holds(blob, parts.eyes[1].centre))
      face = &blob;
  return face;
}

/// The height of the whole body over its head's; nothing where the page cuts it off.
std::optional<double> head_units(const Seen& seen, const PartMap& parts) {
  constexpr double kBust = 1.8;  // a head with its shoulders is no body
  const auto head = head_of(seen, parts);
  if (!head) return std::nullopt;
  int bottom = 0;
  for (const PartBlob& blob : parts.blobs) bottom = std::max(bottom, blob.bottom);
  const double units = (bottom - head->top + 1) / head->height();
  if (bottom >= seen.height - 4 || units < kBust) return std::nullopt;
  return units;
}

/// True for what turns with the head and moves with the jaw: only what also differs from the drawings beside
/// this one is off.
bool moves(const std::string& what) {
  return what == "face-width" || what == "chin" || what == "mouth" || what == "head-units";
}

}  // namespace

std::optional<Head> head_of(const Seen& seen, const PartMap& parts) {
  if (parts.eyes.size() != 2) return std::nullopt;
  const PartBlob* face = face_of(parts);
  if (!face) return std::nullopt;
  Head head{face->left, face->top, face->right, face->bottom};
  for (const PartBlob& blob : parts.blobs)
    if (blob.kind == PaintedPart::hair && blob.left < face->right && blob.right > face->left &&
        blob.top < face->bottom && blob.bottom > face->top - face->height()) {
      head.left = std::min(head.left, blob.left);
      head.right = std::max(head.right, blob.right);
      head.top = std::min(head.top, blob.top);
    }
  if (head.top < 4 || head.chin >= seen.height - 4) return std::nullopt;
  return head;
}

std::vector<std::pair<std::string, double>> proportions(const Seen& seen, const PartMap& parts) {
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
  const Vec2 eyes = (left.centre + right.centre) / 2;
  if (const PartBlob* face = face_of(parts)) {
    list.emplace_back(angle + "face-width", face->width() / gap);
    list.emplace_back(angle + "chin", (face->bottom - eyes.y) / gap);
    const PartBlob* mouth = parts.largest(PaintedPart::mouth);
    if (mouth && mouth->centre.x > face->left && mouth->centre.x < face->right && mouth->centre.y > eyes.y &&
        mouth->centre.y < face->bottom)
      list.emplace_back(angle + "mouth", distance(mouth->centre, eyes) / gap);
  }
  if (const auto units = head_units(seen, parts)) list.emplace_back(angle + "head-units", *units);
  return list;
}

void check_proportion(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "proportion";
  const Seen& seen = context.at(drawing);
  if (!seen.has_paint) return out.skip(kName, drawing, kNoPaint);
  const PartMap& parts = context.parts[static_cast<std::size_t>(drawing)];
  const auto list = proportions(seen, parts);
  if (list.empty()) return out.skip(kName, drawing, "it does not show two eyes");
  const double gap = distance(parts.eyes[0].centre, parts.eyes[1].centre);
  const auto head = head_of(seen, parts);
  bool any = false, units = false;
  for (const auto& [name, value] : list) {
    const Figure* figure = context.profile.find("proportion." + name, kLeast);
    if (!figure || figure->median <= 0) continue;
    any = true;
    units = units || name.ends_with("head-units");
    const std::string what = name.substr(name.find('.') + 1);
    const bool of_eyes = what.starts_with("eye") || what.starts_with("iris");
    // A 2-value edge strays by half a pixel; what is small cannot be measured finer.
    const double noise = of_eyes ? 2.5 / std::min(parts.eyes[0].width(), parts.eyes[1].width())
                         : what == "head-units" && head ? 2.5 / head->height()
                                                        : 1.5 / gap + 2.5 / (value * gap);
    const double fail =
        std::max({kProportionFail, noise, kProportionDeviations * figure->mad / figure->median});
    double usual = figure->median;
    for (const int other : {seen.given.before, seen.given.after}) {
      if (!moves(what) || other < 0) continue;
      for (const auto& [there, stands] : proportions(context.at(other), context.parts[other]))
        if (there.ends_with("." + what) && (value > usual) == (stands > usual))
          usual = value > usual ? std::min(value, std::max(usual, stands))
                                : std::max(value, std::min(usual, stands));
    }
    const double off = std::abs(value / usual - 1);
    if (!listed(off, fail)) continue;
    Finding found =
        finding(kName, drawing, off, value, usual, fail * usual, "ratio",
                (parts.eyes[0].centre + parts.eyes[1].centre) / 2, 2 * gap,
                what == "head-units"
                    ? fmt::format("the body is {:.2f} heads high, approved {:.2f}", value, figure->median)
                    : fmt::format("{} over the distance of the eyes is {:.3f}, approved {:.3f}", what, value,
                                  figure->median));
    found.part = what;
    out.findings.push_back(std::move(found));
  }
  if (!any) out.skip(kName, drawing, "no three approved drawings show the head at this angle");
  if (any && !units)
    out.skip(kName, drawing,
             "head units: it shows no whole body, or no three approved ones do at this angle");
}

}  // namespace nakawari
