#include "match/affinity.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "match/candidates.h"
#include "match/chains.h"

namespace nakawari {
namespace {

/// Pixels that land on a line count for the nearest region, but less: the line belongs to both its sides.
constexpr double kOnLineVote = 0.5;

/// Every fourth pixel speaks for a region of so many.
constexpr int kLarge = 4000;

/// Where the pixels of one row go: the lattice blended between its two rows once, then along x.
class MovedRow {
 public:
  MovedRow(const Motion& motion, int width)
      : motion_(motion), dx_(motion.dx.width + 1), dy_(motion.dx.width + 1) {
    const auto step = static_cast<float>(motion.step), last = static_cast<float>(motion.dx.width - 1);
    for (int x = 0; x < width; ++x) {
      const float u = std::min((static_cast<float>(x) + 0.5F) / step, last);
      column_.push_back(static_cast<int>(u));
      right_.push_back(u - static_cast<float>(column_.back()));
    }
  }
  void at(int y) {
    const int width = motion_.dx.width;
    const float v = std::clamp((static_cast<float>(y) + 0.5F) / static_cast<float>(motion_.step), 0.0F,
                               static_cast<float>(motion_.dx.height - 1));
    const int v0 = static_cast<int>(v), v1 = std::min(v0 + 1, motion_.dx.height - 1);
    const float down = v - static_cast<float>(v0);
    for (int i = 0; i < width; ++i) {
      dx_[i] = motion_.dx(i, v0) + down * (motion_.dx(i, v1) - motion_.dx(i, v0));
      dy_[i] = motion_.dy(i, v0) + down * (motion_.dy(i, v1) - motion_.dy(i, v0));
    }
    dx_[width] = dx_[width - 1];
    dy_[width] = dy_[width - 1];
    y_ = static_cast<float>(y) + 0.5F;
  }
  /// Where every `step`-th pixel of [begin, end) goes; both have room for a row. Returns how many.
  int move(int begin, int end, int step, float* to_x, float* to_y) const {
    int count = 0;
    for (int x = begin; x < end; x += step, ++count) {
      const int u = column_[x];
      to_x[count] = static_cast<float>(x) + 0.5F + dx_[u] + right_[x] * (dx_[u + 1] - dx_[u]);
      to_y[count] = y_ + dy_[u] + right_[x] * (dy_[u + 1] - dy_[u]);
    }
    return count;
  }

 private:
  const Motion& motion_;
  std::vector<int> column_;             ///< of the lattice, per x
  std::vector<float> right_, dx_, dy_;  ///< share of the column after it, per x; motion, per column
  float y_ = 0;
};

/// The first place after `x` with another value than there; the row's end without.
int run_end(const std::int32_t* row, int x, int width) {
  const std::int32_t value = row[x];
  for (; x + 4 <= width; x += 4) {
    const std::int32_t differs =
        (row[x] ^ value) | (row[x + 1] ^ value) | (row[x + 2] ^ value) | (row[x + 3] ^ value);
    if (differs != 0) break;
  }
  while (x < width && row[x] == value) ++x;
  return x;
}

/// Votes of some pixels of region `from` for region `to`.
struct Vote {
  int from = 0, to = 0;
  double pixels = 0;
};

/// The votes added up, per region that they are of.
std::vector<std::vector<Landed>> counted(const std::vector<Vote>& votes, std::size_t from, std::size_t to) {
  std::vector<std::size_t> end(from + 1);
  for (const Vote& vote : votes) ++end[static_cast<std::size_t>(vote.from) + 1];
  std::partial_sum(end.begin(), end.end(), end.begin());
  std::vector<Landed> sorted(votes.size());
  std::vector<std::size_t> next(end.begin(), end.end() - 1);
  for (const Vote& vote : votes) sorted[next[vote.from]++] = {vote.to, vote.pixels};
  std::vector<std::vector<Landed>> overlap(from);
  std::vector<double> sums(to);
  for (std::size_t r = 0; r < from; ++r) {
    for (std::size_t k = end[r]; k < end[r + 1]; ++k) {
      double& sum = sums[sorted[k].region];
      if (sum == 0) overlap[r].push_back({sorted[k].region, 0});
      sum += sorted[k].pixels;
    }
    std::sort(overlap[r].begin(), overlap[r].end(),
              [](const Landed& a, const Landed& b) { return a.region < b.region; });
    for (Landed& landed : overlap[r]) landed.pixels = std::exchange(sums[landed.region], 0.0);
  }
  return overlap;
}

}  // namespace

Landing land(const RegionMap& from, const RegionMap& to, const Motion& motion) {
  Landing landing;
  landing.centre.resize(from.regions.size());
  std::vector<double> seen(from.regions.size());
  std::vector<Vote> votes;
  const int width = from.label.width, right = to.label.width - 1, bottom = to.label.height - 1;
  MovedRow row(motion, width);
  std::vector<float> xs(width), ys(width);
  for (int y = 0; y < from.label.height; ++y) {
    row.at(y);
    const std::int32_t* label = from.label.data.data() + from.label.index(0, y);
    for (int begin = 0, end = 0; begin < width; begin = end) {
      end = run_end(label, begin, width);
      const int region = label[begin] - 1;
      if (region < 0) continue;
      const bool large = from.regions[region].area >= kLarge;
      if (large && y % 2 != 0) continue;
      const int step = large ? 2 : 1;
      const double pixels = step * step;
      const int count = row.move(large ? begin + begin % 2 : begin, end, step, xs.data(), ys.data());
      seen[region] += pixels * count;
      Vec2 centre = landing.centre[region];
      for (int k = 0; k < count; ++k) centre += Vec2{xs[k], ys[k]} * pixels;
      landing.centre[region] = centre;
      // Neighbouring pixels mostly land in one region: counted together.
      Vote vote{region, -1, 0};
      for (int k = 0; k < count; ++k) {
        const int u = std::clamp(static_cast<int>(xs[k]), 0, right),
                  v = std::clamp(static_cast<int>(ys[k]), 0, bottom);
        const std::size_t at = to.label.index(u, v);
        const int there = to.label.data[at], landed = there > 0 ? there - 1 : to.nearest.data[at];
        if (landed != vote.to) {
          if (vote.to >= 0) votes.push_back(vote);
          vote = {region, landed, 0};
        }
        vote.pixels += there > 0 ? pixels : pixels * kOnLineVote;
      }
      if (vote.to >= 0 && vote.pixels > 0) votes.push_back(vote);
    }
  }
  landing.overlap = counted(votes, from.regions.size(), to.regions.size());
  // A large region thinner than the sampling may have been passed over.
  for (std::size_t r = 0; r < from.regions.size(); ++r) {
    const Region& region = from.regions[r];
    landing.centre[r] = seen[r] > 0 ? landing.centre[r] * (1.0 / seen[r])
                                    : motion.moved({region.centre_x + 0.5, region.centre_y + 0.5});
  }
  return landing;
}

namespace {

/// The measures of a region by which it is known again, as logarithms: semi-axes of the ellipse with its
/// second moments, its inradius, its size.
struct Shape {
  double major = 0, minor = 0, inradius = 0, size = 0;
};

Shape shape_of(const Region& r) {
  const double mean = (r.xx + r.yy) / 2, half = (r.xx - r.yy) / 2;
  const double root = std::sqrt(half * half + r.xy * r.xy);
  // A pixel has a moment of its own. Antialiasing, line width and bends move axes by about a pixel plus a
  // fifth of their size.
  constexpr double kPixel = 1.0 / 12;
  const auto log_of = [](double length) { return std::log(length + 1.0); };
  return {log_of(2 * std::sqrt(mean + root + kPixel)),
          log_of(2 * std::sqrt(std::max(mean - root, 0.0) + kPixel)), log_of(r.inradius),
          0.5 * log_of(r.area)};
}

/// The likeness of two shapes is exp() of minus this.
double unlikeness(const Shape& s, const Shape& t) {
  constexpr double kTolerance = 0.35;
  const double d1 = s.major - t.major, d2 = s.minor - t.minor, d3 = s.inradius - t.inradius,
               d4 = s.size - t.size;
  return (d1 * d1 + d2 * d2 + d3 * d3 + d4 * d4) / (2 * kTolerance * kTolerance * 4);
}

std::vector<Shape> shapes_of(const std::vector<Region>& regions) {
  std::vector<Shape> shapes;
  shapes.reserve(regions.size());
  for (const Region& region : regions) shapes.push_back(shape_of(region));
  return shapes;
}

}  // namespace

double shape_likeness(const Region& a, const Region& b) {
  return std::exp(-unlikeness(shape_of(a), shape_of(b)));
}

namespace {

// Where a region may be found: spread of what the motion says, as a share of the page's diagonal and of the
// region's own size; beyond the reach only overlap counts.
constexpr double kSpread = 0.02, kSpreadOfSize = 0.3, kReach = 0.3;
/// Limbs swing farther than the motion follows: this share of the belief in a place has a spread so many
/// times as wide.
constexpr double kFarShare = 0.2, kFar = 4;
// Overlap is stronger evidence than likeness; being inside helps a piece that was cut off from a larger
// region.
constexpr double kOverlapGain = 3.0, kInsideGain = 0.5;
/// Where paint is, the motion that overlap comes from is the mean of two opinions.
constexpr double kOverlapOfPaint = 4.5;
/// So many votes of known lines are needed for half of their weight.
constexpr double kFewVotes = 2;
/// A region open to the page's edge is seldom the same as one that is not.
constexpr double kEdgeDiffers = 0.05;
/// A region that one other encloses is seldom the same as one that lies between several: a highlight stays in
/// its iris. Nearly all of the outline is the one's.
constexpr double kHoleDiffers = 0.6, kEnclosed = 0.9;
/// A region at the page's edge that is smaller than this share of the page's diagonal squared (1 % of a
/// square page) is a piece of the figure that the edge cuts: it may be new.
constexpr double kCutPiece = 0.005;
/// Candidates of a region: where lines are matched, and where paint is.
constexpr int kMostCandidates = 20, kMostOfRegions = 10;
// How far neighbours may shift against each other: pixels, and share of their distance.
constexpr double kShift = 4, kShiftShare = 0.4;
/// What a candidate keeps without any support, so that context may not rule out what is plainly there.
constexpr double kFloor = 0.05;
/// Support across regions that touch here but not there.
constexpr double kParted = 0.3;
/// Support of pieces of one region for each other, and of regions open to the page's edge, whose centres say
/// nothing.
constexpr double kNoOffset = 0.5;
/// Pieces of one region fit into it; it may have grown by this factor, beyond which support falls with the
/// square.
constexpr double kGrown = 1.2;
/// That a region is new is supported this much, whatever its neighbours are.
constexpr double kNewSupport = 0.6;
/// Support has settled by then.
constexpr int kRounds = 8;
/// And so soon after the chains were counted.
constexpr int kRoundsAfter = 4;

void normalise(std::vector<Candidate>& list) {
  double total = 0;
  for (const Candidate& c : list) total += c.p;
  for (Candidate& c : list) c.p = total > 0 ? c.p / total : 1.0 / static_cast<double>(list.size());
}

/// The paper around the figure: open to all four edges of the page. -1 where there is none.
int ground_of(const std::vector<Region>& regions) {
  int right = 0, bottom = 0;
  for (const Region& r : regions) {
    right = std::max(right, r.right);
    bottom = std::max(bottom, r.bottom);
  }
  const auto all_round = [&](const Region& r) {
    return r.touches_edge && r.left == 0 && r.top == 0 && r.right == right && r.bottom == bottom;
  };
  const auto found = std::find_if(regions.begin(), regions.end(), all_round);
  return found == regions.end() ? kNobody : static_cast<int>(found - regions.begin());
}

/// Whether one other region lies all around it.
std::vector<bool> holes(const std::vector<Region>& regions) {
  std::vector<bool> found;
  for (const Region& r : regions) {
    int most = 0, all = 0;
    for (const RegionNeighbour& n : r.neighbours) {
      most = std::max(most, n.contact);
      all += n.contact;
    }
    found.push_back(!r.touches_edge && most >= kEnclosed * all);
  }
  return found;
}

/// The best candidates of a region, best first; of equals the first region of the source.
class Best {
 public:
  explicit Best(std::size_t most) : most_(most) {}
  void clear() { list_.clear(); }
  /// Whether one this good may still be among them.
  [[nodiscard]] bool wants(double unary) const { return list_.size() < most_ || unary >= list_.back().unary; }
  void add(int from, double unary) {
    const auto at = std::find_if(list_.begin(), list_.end(), [&](const Candidate& c) {
      return unary > c.unary || (unary == c.unary && from < c.from);
    });
    list_.insert(at, {from, unary, unary});
    if (list_.size() > most_) list_.pop_back();
  }
  [[nodiscard]] const std::vector<Candidate>& list() const { return list_; }

 private:
  std::size_t most_;
  std::vector<Candidate> list_;
};

/// What speaks for a region of the source to be one of the target, beside what is known of lines.
class Evidence {
 public:
  Evidence(const std::vector<Region>& source, const std::vector<Region>& target, const Landing& out,
           const Landing& in, double page, bool of_paint)
      : source_(source),
        target_(target),
        out_(out),
        in_(in),
        of_paint_(of_paint),
        shape_there_(shapes_of(source)),
        shape_here_(shapes_of(target)),
        hole_there_(holes(source)),
        hole_here_(holes(target)) {
    for (const Region& t : target) {
      const double sigma = kSpread * page + kSpreadOfSize * std::sqrt(t.area);
      spread_.push_back(2 * sigma * sigma);
    }
    for (std::size_t i = 0; i < source.size(); ++i) {
      x_.push_back(centre(source[i]).x);
      y_.push_back(centre(source[i]).y);
      moved_x_.push_back(out.centre[i].x);
      moved_y_.push_back(out.centre[i].y);
      major_.push_back(shape_there_[i].major);
      minor_.push_back(shape_there_[i].minor);
      inradius_.push_back(shape_there_[i].inradius);
      size_.push_back(shape_there_[i].size);
    }
  }

  /// The shorter way between region `i` of the source and `j` of the target, once moved.
  [[nodiscard]] double apart(std::size_t i, std::size_t j) const {
    return std::sqrt(std::min(length_squared(out_.centre[i] - centre(target_[j])),
                              length_squared(in_.centre[j] - centre(source_[i]))));
  }

  /// For regions so far apart, of which so many pixels land there and back.
  [[nodiscard]] double of(std::size_t i, std::size_t j, double apart, double there, double back) const {
    const double big = std::max(source_[i].area, target_[j].area);
    const double iou = 0.5 * (there + back) / big;
    const double inside = back / target_[j].area;
    const double off = off_by(j, apart);
    const double near = (1 - kFarShare) * std::exp(-off) + kFarShare * std::exp(-off / (kFar * kFar));
    const double like = std::exp(-unlikeness(shape_there_[i], shape_here_[j]));
    return weakened(
        near * like + (of_paint_ ? kOverlapOfPaint : kOverlapGain) * iou + kInsideGain * inside + kLeast, i,
        j);
  }

  /// For every region of the source no less than of() says where it does not overlap `j` of the target.
  void at_most(std::size_t j, std::vector<double>& most) const {
    // Rounding may not rule out what of() lets in.
    constexpr double kRounding = 1 + 1e-9;
    const Vec2 here = centre(target_[j]), moved = in_.centre[j];
    const Shape shape = shape_here_[j];
    const double spread = 1 / spread_[j];
    for (std::size_t i = 0; i < most.size(); ++i) {
      const double ax = moved_x_[i] - here.x, ay = moved_y_[i] - here.y, bx = x_[i] - moved.x,
                   by = y_[i] - moved.y;
      const double a = ax * ax + ay * ay, b = bx * bx + by * by;
      // 1 + x + x^2 / 2 is less than exp(x).
      const double off = (a < b ? a : b) * spread, far = off / (kFar * kFar);
      const double off_exp = 1 + off + 0.5 * off * off, far_exp = 1 + far + 0.5 * far * far;
      const double unlike = unlikeness({major_[i], minor_[i], inradius_[i], size_[i]}, shape);
      const double unlike_exp = 1 + unlike + 0.5 * unlike * unlike;
      most[i] =
          (((1 - kFarShare) * far_exp + kFarShare * off_exp) / (off_exp * far_exp * unlike_exp) + kLeast) *
          kRounding;
    }
  }

 private:
  /// So that of what is far from everything the nearest counts.
  static constexpr double kLeast = 1e-4;

  [[nodiscard]] double off_by(std::size_t j, double apart) const { return apart * apart / spread_[j]; }
  [[nodiscard]] double weakened(double u, std::size_t i, std::size_t j) const {
    if (source_[i].touches_edge != target_[j].touches_edge) u *= kEdgeDiffers;
    if (of_paint_ && hole_there_[i] != hole_here_[j]) u *= kHoleDiffers;
    return u;
  }

  const std::vector<Region>&source_, &target_;
  const Landing &out_, &in_;
  bool of_paint_;
  std::vector<double> spread_;  ///< per region of the target
  std::vector<Shape> shape_there_, shape_here_;
  std::vector<bool> hole_there_, hole_here_;
  // Of the source, in rows: centres, where they go, shapes.
  std::vector<double> x_, y_, moved_x_, moved_y_, major_, minor_, inradius_, size_;
};

Candidates find_candidates(const std::vector<Region>& source, const std::vector<Region>& target,
                           const Landing& out, const Landing& in, double page, const SideVotes& sides,
                           double gain, double nothing) {
  Candidates all(target.size());
  const int ground = ground_of(source), our_ground = ground_of(target);
  const Evidence evidence(source, target, out, in, page, nothing > 0);
  // What lands on each region of the target, from every region of the source.
  std::vector<std::vector<Landed>> onto(target.size());
  for (std::size_t i = 0; i < source.size(); ++i)
    for (const auto& [j, pixels] : out.overlap[i]) onto[j].push_back({static_cast<int>(i), pixels});
  /// What is known to touch a region of the target.
  struct Touch {
    double there = 0, back = 0, said = 0;
  };
  std::vector<Touch> touch(source.size());
  std::vector<int> touched, weighed_for(source.size(), kNobody);
  std::vector<double> most(source.size());
  Best best(static_cast<std::size_t>(nothing > 0 ? kMostOfRegions : kMostCandidates));
  for (std::size_t j = 0; j < all.size(); ++j) {
    const Region& t = target[j];
    if (ground != kNobody && static_cast<int>(j) == our_ground) {
      all[j].push_back({ground, 1, 1});
      continue;
    }
    touched.clear();
    const auto touching = [&](int i) -> Touch& {
      touched.push_back(i);
      return touch[i];
    };
    for (const auto& [i, pixels] : onto[j]) touching(i).there = pixels;
    for (const auto& [i, pixels] : in.overlap[j]) touching(i).back = pixels;
    double cast = kFewVotes;
    if (!sides.empty()) {
      for (const auto& [region, weight] : sides[j]) cast += weight;
      for (const auto& [region, weight] : sides[j]) touching(region).said = weight / cast;
    }
    // Those first, so that most of the others are seen at a glance not to be among the best.
    best.clear();
    for (const int i : touched) {
      const auto [there, back, said] = std::exchange(touch[i], {});
      if (there + back == 0 && said == 0) continue;
      best.add(i, evidence.of(i, j, evidence.apart(i, j), there, back) + gain * said);
      weighed_for[i] = static_cast<int>(j);
    }
    evidence.at_most(j, most);
    for (std::size_t i = 0; i < source.size(); ++i) {
      if (weighed_for[i] == static_cast<int>(j) || !best.wants(most[i])) continue;
      const double apart = evidence.apart(i, j);
      if (apart <= kReach * page) best.add(static_cast<int>(i), evidence.of(i, j, apart, 0, 0));
    }
    all[j] = best.list();
    // The open ground around the figure is in every drawing.
    const bool open = t.touches_edge && t.area >= kCutPiece * page * page;
    if (nothing > 0 && !open) all[j].push_back({kNobody, nothing, nothing});
    normalise(all[j]);
  }
  return all;
}

}  // namespace

bool adjacent(const Region& r, int other) {
  const auto at = std::lower_bound(r.neighbours.begin(), r.neighbours.end(), other,
                                   [](const RegionNeighbour& n, int v) { return n.region < v; });
  return at != r.neighbours.end() && at->region == other;
}

namespace {

/// How well two places lie to each other as two others do that are `apart`, by how far they are off.
class Alike {
 public:
  explicit Alike(Vec2 apart) : apart_(apart) {
    const double shift = kShift + kShiftShare * length(apart);
    fall_ = 1 / (2 * shift * shift);
  }
  [[nodiscard]] double of(Vec2 apart_there) const {
    // Farther off it is as good as nothing, and most pairs are.
    constexpr double kGone = 12.5;
    const double off = length_squared(apart_ - apart_there) * fall_;
    return off < kGone ? std::exp(-off) : 0;
  }

 private:
  Vec2 apart_;
  double fall_ = 0;
};

}  // namespace

double lies_alike(Vec2 apart_here, Vec2 apart_there) {
  return Alike(apart_here).of(apart_there);
}

namespace {

/// What the candidates of a region's neighbours say for each of its own: they stay while chances change.
struct Support {
  struct Neighbour {
    int region = 0;
    double weight = 0;
    std::vector<double> fits;  ///< [candidate of theirs][candidate of ours]
  };
  std::vector<std::vector<Neighbour>> of;  ///< per region
};

/// How well two neighbours of the target fit what each of them may be.
class Fit {
 public:
  Fit(const std::vector<Region>& source, const Region& t, const Region& other, bool must_fit)
      : source_(source),
        alike_(centre(other) - centre(t)),
        open_(other.touches_edge || t.touches_edge),
        must_fit_(must_fit),
        area_(t.area + other.area) {}

  [[nodiscard]] double of(int mine, int theirs) const {
    if (mine == kNobody || theirs == kNobody) return 0;
    const Region& s = source_[mine];
    if (theirs == mine) {
      const double over = kGrown * s.area / area_;
      return kNoOffset * (must_fit_ && !s.touches_edge ? std::min(1.0, over * over) : 1);
    }
    const double r = open_ ? kNoOffset : alike_.of(centre(source_[theirs]) - centre(s));
    return r > 0 && !adjacent(s, theirs) ? r * kParted : r;
  }

 private:
  const std::vector<Region>& source_;
  Alike alike_;
  bool open_, must_fit_;
  double area_;
};

Support support_of(const std::vector<Region>& source, const std::vector<Region>& target, bool must_fit,
                   const Candidates& all) {
  Support support;
  support.of.resize(all.size());
  for (std::size_t j = 0; j < all.size(); ++j) {
    for (const RegionNeighbour& n : target[j].neighbours) {
      Support::Neighbour neighbour{n.region, std::sqrt(n.contact), {}};
      neighbour.fits.reserve(all[j].size() * all[n.region].size());
      if (n.region < static_cast<int>(j)) {
        // The same as seen from there.
        const auto& theirs = support.of[n.region];
        const auto same = std::find_if(theirs.begin(), theirs.end(), [&](const Support::Neighbour& other) {
          return other.region == static_cast<int>(j);
        });
        for (std::size_t k = 0; k < all[n.region].size(); ++k)
          for (std::size_t c = 0; c < all[j].size(); ++c)
            neighbour.fits.push_back(same->fits[c * all[n.region].size() + k]);
        support.of[j].push_back(std::move(neighbour));
        continue;
      }
      const Fit fit(source, target[j], target[n.region], must_fit);
      for (const Candidate& k : all[n.region])
        for (const Candidate& c : all[j]) neighbour.fits.push_back(fit.of(c.from, k.from));
      support.of[j].push_back(std::move(neighbour));
    }
  }
  return support;
}

/// One round of relaxation labelling (Rosenfeld, Hummel and Zucker 1976): a candidate is as good as its
/// neighbours' candidates that lie at the same relative place.
void relax(const Support& supports, Candidates& all) {
  // What is less likely supports nobody to speak of.
  constexpr double kFaint = 1e-6;
  Candidates next = all;
  std::vector<double> support, best;
  for (std::size_t j = 0; j < all.size(); ++j) {
    const std::size_t count = all[j].size();
    support.assign(count, 0);
    double weight = 0;
    for (const Support::Neighbour& n : supports.of[j]) {
      const double* fits = n.fits.data();
      best.assign(count, 0);
      for (const Candidate& k : all[n.region]) {
        if (k.p >= kFaint)
          for (std::size_t c = 0; c < count; ++c) best[c] += k.p * fits[c];
        fits += count;
      }
      weight += n.weight;
      for (std::size_t c = 0; c < count; ++c) support[c] += n.weight * best[c];
    }
    for (std::size_t c = 0; c < count; ++c) {
      const double s = all[j][c].from == kNobody ? kNewSupport : weight > 0 ? support[c] / weight : 0;
      next[j][c].p = all[j][c].unary * (kFloor + s) * (kFloor + s);
    }
    normalise(next[j]);
  }
  all = std::move(next);
}

}  // namespace

RegionLinks link_regions(const std::vector<Region>& source, const std::vector<Region>& target,
                         const Landing& out, const Landing& in, double page, const SideVotes& sides,
                         double gain, double nothing) {
  Candidates all = find_candidates(source, target, out, in, page, sides, gain, nothing);
  // Where every region has a partner, many must share one.
  const Support support = support_of(source, target, nothing > 0, all);
  for (int round = 0; round < kRounds; ++round) relax(support, all);
  if (nothing > 0) {
    count_chains(source, target, all);
    for (int round = 0; round < kRoundsAfter; ++round) relax(support, all);
  }
  RegionLinks links(target.size());
  for (std::size_t j = 0; j < all.size(); ++j) {
    for (const Candidate& c : all[j])
      if (c.from != kNobody) links[j].push_back({c.from, static_cast<float>(c.p)});
    std::stable_sort(links[j].begin(), links[j].end(),
                     [](const RegionLink& a, const RegionLink& b) { return a.weight > b.weight; });
  }
  return links;
}

}  // namespace nakawari
