#include "paint/made_paint.h"

#include <algorithm>
#include <cmath>

#include "image/components.h"
#include "image/line_image.h"
#include "paint/paint.h"

namespace nakawari {
namespace {

/// Paper around the ink, px, so that what lies outside is one region.
constexpr int kRim = 2;
/// As side_votes(): a line's side is looked for within so many px.
constexpr double kReach = 8, kStep = 0.5;
/// A region about which known lines say less than this asks what lies at its place in the base.
constexpr double kFewVotes = 2;
/// Every so many pixels of it are asked.
constexpr int kEvery = 5;
/// Below this share of the votes a region is asked.
constexpr double kMargin = 0.6;
/// Trace lines are at most so wide, px.
constexpr int kWidestTrace = 12;

bool is_paper(Rgba8 pixel) {
  return pixel.a == 0 || pixel == kPaper;
}

/// The part of the page that is not paper.
PagePart inked_part(const Raster& picture) {
  int left = picture.width, top = picture.height, right = -1, bottom = -1;
  for (int y = 0; y < picture.height; ++y) {
    const Rgba8* row = picture.data.data() + picture.index(0, y);
    int first = 0, last = picture.width - 1;
    while (first <= last && is_paper(row[first])) ++first;
    if (first > last) continue;
    while (is_paper(row[last])) --last;
    left = std::min(left, first);
    right = std::max(right, last);
    top = std::min(top, y);
    bottom = y;
  }
  if (right < 0) return {0, 0, std::min(1, picture.width), std::min(1, picture.height)};
  PagePart part{std::max(0, left - kRim), std::max(0, top - kRim), 0, 0};
  part.width = std::min(picture.width, right + 1 + kRim) - part.x;
  part.height = std::min(picture.height, bottom + 1 + kRim) - part.y;
  return part;
}

/// The regions with the trace lines beside them, which are painted over by what is nearest: they grow into
/// the trace pixels (1 in `ink`) a ring at a time.
Grid<std::int32_t> over_traces(Grid<std::int32_t> label, const Grid<std::uint8_t>& ink) {
  std::vector<std::size_t> left;
  for (std::size_t i = 0; i < ink.data.size(); ++i)
    if (ink.data[i] == 1) left.push_back(i);
  for (int ring = 0; ring < kWidestTrace && !left.empty(); ++ring) {
    std::vector<std::pair<std::size_t, std::int32_t>> taken;
    std::vector<std::size_t> rest;
    for (const std::size_t i : left) {
      const int x = static_cast<int>(i) % label.width, y = static_cast<int>(i) / label.width;
      std::int32_t found = 0;
      for (const auto& [dx, dy] : {std::pair{-1, 0}, std::pair{1, 0}, std::pair{0, -1}, std::pair{0, 1}})
        if (found == 0 && label.contains(x + dx, y + dy)) found = label(x + dx, y + dy);
      if (found > 0)
        taken.emplace_back(i, found);
      else
        rest.push_back(i);
    }
    for (const auto& [i, region] : taken) label.data[i] = region;
    left = std::move(rest);
  }
  return label;
}

}  // namespace

/// Votes for few colours.
class ColourVotes {
 public:
  void add(Rgba8 colour, double weight) {
    total_ += weight;
    for (auto& [known, sum] : votes_)
      if (known == colour) {
        sum += weight;
        return;
      }
    votes_.emplace_back(colour, weight);
  }
  [[nodiscard]] double total() const { return total_; }
  /// The colour with the most votes, the first of equal ones; the check colour where they differ too much.
  [[nodiscard]] Rgba8 best(double margin) const {
    const auto top = std::max_element(votes_.begin(), votes_.end(),
                                      [](const auto& l, const auto& r) { return l.second < r.second; });
    return top == votes_.end() || top->second < margin * total_ ? kCheckColour : top->first;
  }

 private:
  std::vector<std::pair<Rgba8, double>> votes_;
  double total_ = 0;
};

int MadePainter::Regions::beside(Vec2 p, Vec2 across) const {
  for (double d = kStep; d <= kReach; d += kStep) {
    const Vec2 q = p + across * d;
    const int found = at(static_cast<int>(std::floor(q.x)), static_cast<int>(std::floor(q.y)));
    if (found > 0) return found;
  }
  return 0;
}

/// Also gives what each pixel of the part is: 0 paper, 1 a trace line, 2 a black line.
MadePainter::Regions MadePainter::regions_of(const Raster& lines, Grid<std::uint8_t>& ink) {
  Regions regions;
  regions.part = inked_part(lines);
  const LineImage image = classify_lines(cut_out(lines, regions.part));
  Mask paper(image.width(), image.height(), 0);
  ink = Grid<std::uint8_t>(image.width(), image.height(), 0);
  for (std::size_t i = 0; i < paper.data.size(); ++i) {
    paper.data[i] = image.coverage.data[i] == 0 ? 1 : 0;
    ink.data[i] = paper.data[i] != 0 ? 0 : image.ink.data[i] == Ink::black ? 2 : 1;
  }
  Components components = connected_components(paper, Connectivity::four);
  regions.label = std::move(components.label);
  regions.count = static_cast<int>(components.components.size());
  if (!regions.label.empty()) regions.outside = regions.label.data.front();
  return regions;
}

Result<void> MadePainter::add(const Raster& lines, const Raster& painted) {
  if (keys_.empty()) {
    width_ = lines.width;
    height_ = lines.height;
  }
  if (lines.width != width_ || lines.height != height_ || painted.width != width_ ||
      painted.height != height_)
    return fail(ErrorCode::bad_input,
                "a painted picture has another size than its lines or the other drawings",
                "paint on the line drawing itself");
  Key key;
  Grid<std::uint8_t> ink;
  key.regions = regions_of(lines, ink);
  std::vector<ColourVotes> votes(static_cast<std::size_t>(key.regions.count) + 1);
  const PagePart& part = key.regions.part;
  for (int y = 0; y < part.height; ++y)
    for (int x = 0; x < part.width; ++x)
      if (const int region = key.regions.label(x, y); region > 0)
        votes[static_cast<std::size_t>(region)].add(painted(part.x + x, part.y + y), 1);
  for (const ColourVotes& each : votes) key.colour.push_back(each.best(0));
  keys_.push_back(std::move(key));
  return {};
}

void MadePainter::hear_lines(const Regions& here, const Key& key, const Registration& anchors,
                             std::vector<ColourVotes>& votes) {
  for (const Anchor& anchor : anchors)
    for (const double side : {1.0, -1.0}) {
      const auto across = [side](Vec2 tangent) { return Vec2{-tangent.y * side, tangent.x * side}; };
      const int mine = here.beside(anchor.here, across(anchor.here_tangent));
      if (mine == 0) continue;
      const int theirs = key.regions.beside(anchor.there, across(anchor.there_tangent));
      if (theirs > 0)
        votes[static_cast<std::size_t>(mine)].add(key.colour[static_cast<std::size_t>(theirs)],
                                                  anchor.confidence);
    }
}

void MadePainter::hear_place(const Regions& here, const Key& key, std::vector<ColourVotes>& votes) {
  std::vector<char> unknown;
  for (const ColourVotes& each : votes) unknown.push_back(each.total() < kFewVotes ? 1 : 0);
  const PagePart& part = here.part;
  for (int y = 0; y < part.height; ++y)
    for (int x = y % kEvery; x < part.width; x += kEvery)
      if (const int region = here.label(x, y); region > 0 && unknown[static_cast<std::size_t>(region)] != 0)
        if (const int theirs = key.regions.at(part.x + x, part.y + y); theirs > 0)
          votes[static_cast<std::size_t>(region)].add(key.colour[static_cast<std::size_t>(theirs)], 1);
}

Result<MadePaint> MadePainter::paint(const Raster& lines,
                                     const std::vector<std::pair<int, Registration>>& from, int base) const {
  if (lines.width != width_ || lines.height != height_ || base < 0 || base >= static_cast<int>(keys_.size()))
    return fail(ErrorCode::bad_input, "the drawing has another size than the painted ones", {});
  Grid<std::uint8_t> ink;
  const Regions here = regions_of(lines, ink);
  std::vector<ColourVotes> votes(static_cast<std::size_t>(here.count) + 1);
  for (const auto& [index, anchors] : from)
    hear_lines(here, keys_[static_cast<std::size_t>(index)], anchors, votes);
  hear_place(here, keys_[static_cast<std::size_t>(base)], votes);

  MadePaint result;
  result.regions = here.count;
  std::vector<Rgba8> colour{kClear};
  for (std::size_t region = 1; region < votes.size(); ++region) {
    colour.push_back(votes[region].best(kMargin));
    result.asked += colour.back() == kCheckColour ? 1 : 0;
  }
  const Rgba8 outside = here.outside > 0 ? colour[static_cast<std::size_t>(here.outside)] : kClear;
  result.painted = Raster(width_, height_, outside);
  const PagePart& part = here.part;
  const Grid<std::int32_t> label = over_traces(here.label, ink);
  for (int y = 0; y < part.height; ++y)
    for (int x = 0; x < part.width; ++x) {
      Rgba8& pixel = result.painted(part.x + x, part.y + y);
      pixel = label(x, y) > 0 ? colour[static_cast<std::size_t>(label(x, y))] : lines(part.x + x, part.y + y);
    }
  return result;
}

}  // namespace nakawari
