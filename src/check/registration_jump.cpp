// Registration (taps, gata): the whole drawing lies beside the middle of its neighbours by one and the same
// shift, and the neighbours do not.
#include <fmt/format.h>

#include <optional>

#include "check/thresholds.h"
#include "check/tools.h"

namespace nakawari {
namespace {

constexpr double kRegistrationJumpFail = 1.0;  // px at 1920
constexpr double kFloor = 0.30;                // px: windowed means of 2-value lines
/// The rest after the common shift, median, that still lets one speak of a common shift, px at 1920.
constexpr double kRest = 0.5;
constexpr double kRestOfShift = 0.4;  // and this share of the shift
constexpr double kThrown = 0.25;      // of the shift, along it, mean: a jump throws the neighbours by half
constexpr int kRegistrationJumpLeastSamples = 60;
/// Every quarter of the drawing, by height and by breadth, must lie off by this share of the shift: a body
/// bobs over a foot that stands, a sheet is moved as a whole.
constexpr double kEverywhere = 0.5;

/// How far a sample lies, along its normal, beside its place between its neighbours: the chart's, else the
/// middle.
struct Beside {
  const Seen* seen = nullptr;
  Neighbours near;
  double share = 0.5;
  [[nodiscard]] bool known() const { return seen != nullptr; }
  [[nodiscard]] std::optional<double> operator()(std::int32_t i) const {
    const SampleHit &b = near.to_before->samples[i], &a = near.to_after->samples[i];
    if (b.sample < 0 || a.sample < 0) return std::nullopt;
    const Sample& s = seen->graph.samples[i];
    return dot(s.position - (b.place + (a.place - b.place) * share), perpendicular(s.tangent));
  }
};

Beside beside_of(const CheckContext& context, int drawing) {
  Beside beside;
  if (drawing < 0) return beside;
  beside.near = neighbours(context, drawing);
  if (!beside.near.both() || beside.near.to_before->found < kFoundEnough ||
      beside.near.to_after->found < kFoundEnough)
    return beside;
  beside.seen = &context.at(drawing);
  beside.share = chart_share(context, drawing).value_or(0.5);
  return beside;
}

struct Shift {
  bool known = false;
  bool all_round = false;  ///< the neighbours' own places were known as well
  Vec2 shift;
  double rest = 0;
  double least = 1;  ///< share of the shift by which the stillest quarter of the drawing lies off
};

struct Row {
  Vec2 at, normal;
  double off;
};

/// The drawing in four parts of equally many samples along x or y: the share of `shift` by which that part
/// lies off that does so the least. Median of single lines that say something about the shift.
double stillest_quarter(std::vector<Row> rows, Vec2 shift, double Vec2::* axis) {
  constexpr std::size_t kParts = 4, kLeastRows = 10;
  constexpr double kSays = 0.5;  // of the normal, along the shift
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const Row& a, const Row& b) { return a.at.*axis < b.at.*axis; });
  const Vec2 along = normalized(shift);
  double least = 1;
  for (std::size_t part = 0; part < kParts; ++part) {
    std::vector<double> shares;
    for (std::size_t i = rows.size() * part / kParts; i < rows.size() * (part + 1) / kParts; ++i)
      if (std::abs(dot(rows[i].normal, along)) > kSays)
        shares.push_back(rows[i].off / dot(rows[i].normal, shift));
    if (shares.size() >= kLeastRows) least = std::min(least, median_of(std::move(shares)));
  }
  return least;
}

enum class Against { middle, course };

/// How far a drawing as a whole lies off. A cel that speeds up lies beside the middle on every drawing alike;
/// one that was laid beside its pegs throws its neighbours half as far to the other side. So, against its
/// `course`: of what a line lies off here, the mean of what it lies off on the neighbours is taken away, and
/// the rest is divided by what a jump of 1 px makes of it. Lines say only how far they lie off along their
/// normal: the shift is the least-squares one over all normals, outliers weighed down.
Shift shift_of(const CheckContext& context, int drawing, Against against) {
  Shift result;
  const Beside here = beside_of(context, drawing);
  if (!here.known()) return result;
  const Seen& seen = *here.seen;
  const Beside before = beside_of(context, here.near.before), after = beside_of(context, here.near.after);
  result.all_round = against == Against::course && before.known() && after.known();
  const double gain = result.all_round ? 1 + 0.5 * before.share + 0.5 * (1 - after.share) : 1;
  std::vector<Row> rows;
  for (std::int32_t i = 0; i < seen.graph.size(); ++i) {
    std::optional<double> off = here(i);
    const Sample& s = seen.graph.samples[i];
    for (const auto& [other, track] :
         {std::pair{&before, here.near.to_before}, {&after, here.near.to_after}}) {
      if (!off || !result.all_round) continue;
      const std::int32_t k = track->samples[i].sample;
      const auto there = (*other)(k);
      const double way = dot(other->seen->graph.samples[k].tangent, s.tangent) < 0 ? -0.5 : 0.5;
      off = there ? std::optional(*off - way * *there) : std::nullopt;
    }
    if (off) rows.push_back({s.position, perpendicular(s.tangent), *off / gain});
  }
  if (static_cast<int>(rows.size()) < kRegistrationJumpLeastSamples ||
      static_cast<double>(rows.size()) < kFoundEnough * seen.graph.size())
    return result;
  Vec2 shift;
  double scale = 4;
  for (int round = 0; round < 8; ++round) {
    double xx = 1e-9, xy = 0, yy = 1e-9;
    Vec2 right;
    std::vector<double> rest;
    for (const Row& row : rows) {
      const double r = row.off - dot(row.normal, shift);
      rest.push_back(std::abs(r));
      const double w = 1 / (1 + (r / scale) * (r / scale));
      xx += w * row.normal.x * row.normal.x;
      xy += w * row.normal.x * row.normal.y;
      yy += w * row.normal.y * row.normal.y;
      right += row.normal * (w * row.off);
    }
    const double det = xx * yy - xy * xy;
    if (det < 1e-6 * xx * yy) return result;  // all lines run one way
    shift = {(right.x * yy - right.y * xy) / det, (right.y * xx - right.x * xy) / det};
    result.rest = median_of(std::move(rest));
    scale = std::max(0.15, 2 * result.rest);
  }
  result.known = true;
  result.shift = shift;
  result.least = std::min(stillest_quarter(rows, shift, &Vec2::x), stillest_quarter(rows, shift, &Vec2::y));
  return result;
}

}  // namespace

std::optional<Vec2> whole_shift(const CheckContext& context, int drawing) {
  const Shift here = shift_of(context, drawing, Against::course);
  return here.known ? std::optional(here.shift) : std::nullopt;
}

void check_registration(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "registration";
  const Seen& seen = context.at(drawing);
  const Shift here = shift_of(context, drawing, Against::course);
  if (!here.known) return out.skip(kName, drawing, "it has no two neighbours like it");
  const double fail = std::max(kFloor / kWarnShare, seen.px(kRegistrationJumpFail));
  const double off = length(here.shift);
  if (!listed(off, fail)) return;
  if (here.rest > seen.px(kRest) + 0.15 || here.rest > kRestOfShift * off)
    return out.skip(kName, drawing, "its parts move too differently for a common shift");
  if (here.least < kEverywhere)
    return out.skip(kName, drawing, "a part of it stands where it should: no common shift");
  if (!here.all_round && !chart_share(context, drawing))
    return out.skip(kName, drawing, "two drawings on both sides are needed to tell a jump from speeding up");
  // A jump throws both neighbours half as far to the other side; a course that turns here (a foot that comes
  // down) does not. And it shows on them as well, smaller: the largest is the one that jumped.
  double thrown = 0;
  int known = 0;
  for (const int side : {seen.given.before, seen.given.after}) {
    if (!here.all_round) break;
    const Shift course = shift_of(context, side, Against::course);
    if (course.known && course.all_round && length(course.shift) > off) return;
    const Shift there = shift_of(context, side, Against::middle);
    if (!there.known) continue;
    thrown -= dot(there.shift, here.shift) / (off * off);
    ++known;
  }
  if (known > 0 && thrown < kThrown * known) return;
  out.findings.push_back(finding(
      kName, drawing, off, off, 0, fail, "px", {seen.width / 2.0, seen.height / 2.0}, 0,
      fmt::format("the whole drawing lies ({:+.1f}, {:+.1f}) px beside its place between its neighbours",
                  here.shift.x, here.shift.y)));
}

}  // namespace nakawari
