#include "match/affinity.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "match/candidates.h"
#include "match/chains.h"

namespace nakawari {
namespace {

/// Pixels that land on a line count for the nearest region, but less: the line belongs to both its sides.
constexpr double kOnLineVote = 0.5;

}  // namespace

Landing land(const RegionMap& from, const RegionMap& to, const Motion& motion) {
  // Every fourth pixel speaks for a region of so many.
  constexpr int kLarge = 4000;
  Landing landing;
  landing.overlap.resize(from.regions.size());
  landing.centre.resize(from.regions.size());
  std::vector<double> seen(from.regions.size());
  for (int y = 0; y < from.label.height; ++y) {
    // Neighbouring pixels mostly land in one region: counted together.
    int last_region = -1, last_landed = -1;
    double votes = 0;
    const auto flush = [&] {
      if (last_landed >= 0 && votes > 0) landing.overlap[last_region][last_landed] += votes;
      votes = 0;
    };
    for (int x = 0; x < from.label.width; ++x) {
      const int region = from.label(x, y) - 1;
      if (region < 0) continue;
      const bool large = from.regions[region].area >= kLarge;
      if (large && ((x | y) & 1) != 0) continue;
      const double pixels = large ? 4 : 1;
      const Vec2 p = motion.moved({x + 0.5, y + 0.5});
      landing.centre[region] += p * pixels;
      seen[region] += pixels;
      const int u = std::clamp(static_cast<int>(std::floor(p.x)), 0, to.label.width - 1);
      const int v = std::clamp(static_cast<int>(std::floor(p.y)), 0, to.label.height - 1);
      const int landed = to.nearest(u, v);
      if (region != last_region || landed != last_landed) flush();
      last_region = region;
      last_landed = landed;
      votes += to.label(u, v) > 0 ? pixels : pixels * kOnLineVote;
    }
    flush();
  }
  // A large region thinner than the sampling may have been passed over.
  for (std::size_t r = 0; r < from.regions.size(); ++r) {
    const Region& region = from.regions[r];
    landing.centre[r] = seen[r] > 0 ? landing.centre[r] * (1.0 / seen[r])
                                    : motion.moved({region.centre_x + 0.5, region.centre_y + 0.5});
  }
  return landing;
}

namespace {

/// Semi-axes of the ellipse with the region's second moments.
struct Shape {
  double major = 0, minor = 0, angle = 0;
};

Shape shape_of(const Region& r) {
  const double mean = (r.xx + r.yy) / 2, half = (r.xx - r.yy) / 2;
  const double root = std::sqrt(half * half + r.xy * r.xy);
  // A pixel has a moment of its own.
  constexpr double kPixel = 1.0 / 12;
  return {2 * std::sqrt(mean + root + kPixel), 2 * std::sqrt(std::max(mean - root, 0.0) + kPixel),
          std::atan2(r.xy, half + root)};
}

}  // namespace

double shape_likeness(const Region& a, const Region& b) {
  const Shape s = shape_of(a), t = shape_of(b);
  // Antialiasing, line width and bends move axes by about a pixel plus a fifth of their size.
  const auto off = [](double p, double q) { return std::log((p + 1.0) / (q + 1.0)); };
  const double d1 = off(s.major, t.major), d2 = off(s.minor, t.minor), d3 = off(a.inradius, b.inradius);
  const double d4 = 0.5 * off(a.area, b.area);

  constexpr double kTolerance = 0.35;
  return std::exp(-(d1 * d1 + d2 * d2 + d3 * d3 + d4 * d4) / (2 * kTolerance * kTolerance * 4));
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
/// So many votes of known lines are needed for half of their weight.
constexpr double kFewVotes = 2;
/// A region open to the page's edge is seldom the same as one that is not.
constexpr double kEdgeDiffers = 0.05;
/// A region at the page's edge that is smaller than this share of the page's diagonal squared (1 % of a
/// square page) is a piece of the figure that the edge cuts: it may be new.
constexpr double kCutPiece = 0.005;
constexpr int kMostCandidates = 20;
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

Candidates find_candidates(const std::vector<Region>& source, const std::vector<Region>& target,
                           const Landing& out, const Landing& in, double page, const SideVotes& sides,
                           double gain, double nothing) {
  Candidates all(target.size());
  const int ground = ground_of(source), our_ground = ground_of(target);
  for (std::size_t j = 0; j < all.size(); ++j) {
    const Region& t = target[j];
    if (ground != kNobody && static_cast<int>(j) == our_ground) {
      all[j].push_back({ground, 1, 1});
      continue;
    }
    const std::map<int, double> none;
    const std::map<int, double>& votes = sides.empty() ? none : sides[j];
    double cast = kFewVotes;
    for (const auto& [region, weight] : votes) cast += weight;
    for (std::size_t i = 0; i < source.size(); ++i) {
      const Region& s = source[i];
      const auto vote = votes.find(static_cast<int>(i));
      const double known = vote == votes.end() ? 0 : vote->second / cast;
      const auto fo = out.overlap[i].find(static_cast<int>(j));
      const auto bo = in.overlap[j].find(static_cast<int>(i));
      const double nf = fo == out.overlap[i].end() ? 0 : fo->second,
                   nb = bo == in.overlap[j].end() ? 0 : bo->second;
      const double d = std::min(distance(out.centre[i], centre(t)), distance(in.centre[j], centre(s)));
      if (nf + nb == 0 && known == 0 && d > kReach * page) continue;
      const double big = std::max(s.area, t.area);
      const double iou = 0.5 * (nf + nb) / big;
      const double inside = nb / t.area;
      const double sigma = kSpread * page + kSpreadOfSize * std::sqrt(t.area);
      const double off = d * d / (2 * sigma * sigma);
      const double near = (1 - kFarShare) * std::exp(-off) + kFarShare * std::exp(-off / (kFar * kFar));
      double u = near * shape_likeness(s, t) + kOverlapGain * iou + kInsideGain * inside + 1e-4;
      if (s.touches_edge != t.touches_edge) u *= kEdgeDiffers;
      u += gain * known;
      all[j].push_back({static_cast<int>(i), u, u});
    }
    std::stable_sort(all[j].begin(), all[j].end(),
                     [](const Candidate& a, const Candidate& b) { return a.unary > b.unary; });
    if (static_cast<int>(all[j].size()) > kMostCandidates) all[j].resize(kMostCandidates);
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

double lies_alike(Vec2 apart_here, Vec2 apart_there) {
  const double off = length(apart_here - apart_there) / (kShift + kShiftShare * length(apart_here));
  return std::exp(-off * off / 2);
}

namespace {

/// What the candidates of a region's neighbours say for each of its own: they stay while chances change.
struct Support {
  struct Neighbour {
    int region = 0;
    double weight = 0;
    std::vector<double> fits;  ///< [candidate of ours][candidate of theirs]
  };
  std::vector<std::vector<Neighbour>> of;  ///< per region
};

Support support_of(const std::vector<Region>& source, const std::vector<Region>& target, bool must_fit,
                   const Candidates& all) {
  Support support;
  support.of.resize(all.size());
  for (std::size_t j = 0; j < all.size(); ++j) {
    const Region& t = target[j];
    for (const RegionNeighbour& n : t.neighbours) {
      const Region& tk = target[n.region];
      const Vec2 rel_t = centre(tk) - centre(t);
      Support::Neighbour neighbour{n.region, std::sqrt(n.contact), {}};
      for (const Candidate& c : all[j]) {
        for (const Candidate& k : all[n.region]) {
          double r = 0;
          if (c.from != kNobody && k.from == c.from) {
            const Region& s = source[c.from];
            const double over = kGrown * s.area / (t.area + tk.area);
            r = kNoOffset * (must_fit && !s.touches_edge ? std::min(1.0, over * over) : 1);
          } else if (c.from != kNobody && k.from != kNobody) {
            const Region& s = source[c.from];
            r = tk.touches_edge || t.touches_edge ? kNoOffset
                                                  : lies_alike(rel_t, centre(source[k.from]) - centre(s));
            if (!adjacent(s, k.from)) r *= kParted;
          }
          neighbour.fits.push_back(r);
        }
      }
      support.of[j].push_back(std::move(neighbour));
    }
  }
  return support;
}

/// One round of relaxation labelling (Rosenfeld, Hummel and Zucker 1976): a candidate is as good as its
/// neighbours' candidates that lie at the same relative place.
void relax(const Support& supports, Candidates& all) {
  Candidates next = all;
  for (std::size_t j = 0; j < all.size(); ++j) {
    for (std::size_t c = 0; c < all[j].size(); ++c) {
      if (all[j][c].from == kNobody) {
        next[j][c].p = all[j][c].unary * (kFloor + kNewSupport) * (kFloor + kNewSupport);
        continue;
      }
      double support = 0, weight = 0;
      for (const Support::Neighbour& n : supports.of[j]) {
        const std::vector<Candidate>& theirs = all[n.region];
        const double* fits = n.fits.data() + c * theirs.size();
        double best = 0;
        for (std::size_t k = 0; k < theirs.size(); ++k) best += theirs[k].p * fits[k];
        weight += n.weight;
        support += n.weight * best;
      }
      support = weight > 0 ? support / weight : 0;
      next[j][c].p = all[j][c].unary * (kFloor + support) * (kFloor + support);
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
