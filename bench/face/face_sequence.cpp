#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/files.h"
#include "bench/face/face_parts.h"
#include "bench/raw_picture.h"
#include "bench/sequence.h"
#include "image/components.h"
#include "image/picture_file.h"

namespace nakawari::bench {
namespace {

constexpr int kGrow = 4;         // px around a part's labels in which lines are its own
constexpr int kRoom = 24;        // px of paper around a part
constexpr int kNearEye = 6;      // px around an eye in which ink is its lashes
constexpr int kLashPixels = 40;  // a lash line has at least
// Of the face's height: what lies below it is the mouth's, when it lies so near (of the width) the middle; a
// blush has the colour of lips.
constexpr double kMouthShare = 0.6, kMouthAside = 0.2;
// A piece of ink over the eyes is the brow's when it is at least so large a share of the largest of its side.
constexpr double kBrowShare = 0.25;
constexpr double kSameWeights = 0.02, kOffTheWay = 0.12;
constexpr std::size_t kFewTracks = 12;

Box box_of(const Mask& mask) {
  Box box;
  for (int y = 0; y < mask.height; ++y)
    for (int x = 0; x < mask.width; ++x)
      if (mask(x, y) != 0) box.add(x, y);
  return box;
}

Mask grown(const Mask& mask, int by) {
  Mask wide(mask.width, mask.height, 0), result = wide;
  for (int y = 0; y < mask.height; ++y)
    for (int x = 0; x < mask.width; ++x)
      if (mask(x, y) != 0)
        for (int u = std::max(0, x - by); u <= std::min(mask.width - 1, x + by); ++u) wide(u, y) = 1;
  for (int y = 0; y < mask.height; ++y)
    for (int x = 0; x < mask.width; ++x)
      if (wide(x, y) != 0)
        for (int v = std::max(0, y - by); v <= std::min(mask.height - 1, y + by); ++v) result(x, v) = 1;
  return result;
}

/// Part name -> its pixels in one frame.
using PartMasks = std::map<std::string, Mask>;

struct LabelNames {
  std::vector<int> eye, iris, ink, mouth, face, head;
  int white = -1;
};

LabelNames names_of(const Sequence& sequence) {
  LabelNames names;
  for (const Label& label : sequence.labels) {
    if (label.name == "eyewhite" || label.name == "iris_dark" || label.name == "iris_light" ||
        label.name == "highlight" || label.name == "iris_ink")
      names.eye.push_back(label.id);
    if (label.name == "eyewhite") names.white = label.id;
    if (label.name.starts_with("iris") || label.name == "highlight") names.iris.push_back(label.id);
    if (label.name == "face" || label.name == "hair") names.head.push_back(label.id);
    if (label.name == "ink") names.ink.push_back(label.id);
    if (label.name == "mouth" || label.name == "teeth" || label.name == "lip")
      names.mouth.push_back(label.id);
    if (label.name == "face") names.face.push_back(label.id);
  }
  return names;
}

Result<Grid<int>> read_labels(const std::string& path) {
  const auto samples = read_samples(path);
  if (!samples) return Failure(samples.error());
  Grid<int> grid(samples->width, samples->height, -1);
  std::copy(samples->data.begin(), samples->data.end(), grid.data.begin());
  return grid;
}

bool is_in(const std::vector<int>& list, int value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

Box box_of(const Component& c) {
  return {c.left, c.top, c.right, c.bottom};
}

/// The largest pieces of a mask, largest first, at most two.
std::vector<Component> largest_two(const Mask& mask) {
  std::vector<Component> pieces = connected_components(mask, Connectivity::eight).components;
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Component& l, const Component& r) { return l.area > r.area; });
  pieces.resize(std::min<std::size_t>(pieces.size(), 2));
  return pieces;
}

/// Eyes with their lashes, brows, mouth; whole pieces, left and right of the middle between the eyes.
PartMasks parts_of(const Grid<int>& labels, const LabelNames& names) {
  PartMasks masks;
  const auto mask_of = [&](const std::vector<int>& list) {
    Mask mask(labels.width, labels.height, 0);
    for (std::size_t i = 0; i < labels.data.size(); ++i) mask.data[i] = is_in(list, labels.data[i]);
    return mask;
  };
  // A sliver of skin seen through the hair is not where the face is.
  const std::vector<Component> skin = largest_two(mask_of(names.face));
  const Box face = skin.empty() ? Box() : box_of(skin.front());
  const double lower = face.top + kMouthShare * (face.bottom - face.top);
  const auto add = [&](const std::string& part, int x, int y) {
    auto [it, fresh] = masks.try_emplace(part);
    if (fresh) it->second = Mask(labels.width, labels.height, 0);
    it->second(x, y) = 1;
  };
  const Mask near_eyes = grown(mask_of(names.eye), kNearEye);
  const Components eyes = connected_components(near_eyes, Connectivity::eight);
  const std::vector<Component> two = largest_two(near_eyes);
  const double middle =
      two.size() == 2 ? 0.5 * (two[0].centre_x + two[1].centre_x) : 0.5 * (face.left + face.right);
  const auto is_middle = [&](double x) {
    return std::abs(x - middle) < kMouthAside * (face.right - face.left);
  };
  const Components ink = connected_components(mask_of(names.ink), Connectivity::eight);
  std::vector<char> lash(ink.components.size(), 0);
  for (int y = 0; y < labels.height; ++y)
    for (int x = 0; x < labels.width; ++x)
      if (ink.label(x, y) > 0 && near_eyes(x, y) != 0)
        lash[static_cast<std::size_t>(ink.label(x, y) - 1)] = 1;
  // Closed eyes: of each side the lowest of the large pieces is the lash line.
  const auto side_of = [&](const Component& c) { return c.centre_x < middle ? 0 : 1; };
  std::array<int, 2> largest_brow{};
  for (const int side : {0, 1}) {
    const auto is_here = [&](const Component& c) { return c.centre_y <= lower && side_of(c) == side; };
    int lowest = -1, largest = kLashPixels;
    bool any = false;
    for (const Component& c : ink.components)
      if (is_here(c)) largest = std::max(largest, c.area);
    for (std::size_t k = 0; k < ink.components.size(); ++k) {
      const Component& c = ink.components[k];
      if (!is_here(c)) continue;
      any = any || lash[k] != 0;
      if (2 * c.area < largest || c.area < kLashPixels) continue;
      if (lowest < 0 || c.centre_y > ink.components[static_cast<std::size_t>(lowest)].centre_y)
        lowest = static_cast<int>(k);
    }
    if (!any && lowest >= 0) lash[static_cast<std::size_t>(lowest)] = 1;
    for (std::size_t k = 0; k < ink.components.size(); ++k)
      if (is_here(ink.components[k]) && lash[k] == 0)
        largest_brow[side] = std::max(largest_brow[side], ink.components[k].area);
  }
  std::vector<std::string> part_of_piece;
  for (std::size_t k = 0; k < ink.components.size(); ++k) {
    const Component& c = ink.components[k];
    const int side = side_of(c);
    const char* word = side == 0 ? " L" : " R";
    std::string part;
    if (c.centre_y > lower)
      part = is_middle(c.centre_x) ? "mouth" : "";
    else if (lash[k] != 0)
      part = std::string("eye") + word;
    else if (c.area >= kBrowShare * largest_brow[side])
      part = std::string("brow") + word;
    part_of_piece.push_back(std::move(part));
  }
  for (int y = 0; y < labels.height; ++y)
    for (int x = 0; x < labels.width; ++x) {
      if (const int eye = eyes.label(x, y); eye != 0 && is_in(names.eye, labels(x, y)))
        add(side_of(eyes.components[static_cast<std::size_t>(eye - 1)]) == 0 ? "eye L" : "eye R", x, y);
      if (is_in(names.mouth, labels(x, y)) && y > lower && is_middle(x)) add("mouth", x, y);
      if (const int k = ink.label(x, y); k != 0 && !part_of_piece[static_cast<std::size_t>(k - 1)].empty())
        add(part_of_piece[static_cast<std::size_t>(k - 1)], x, y);
    }
  return masks;
}

/// Regions of paper, parted also where lines leave a gap of a pixel or two: those of what lies a pixel away
/// from ink, grown back.
Components regions_without_leaks(const Mask& paper) {
  Mask ink(paper.width, paper.height, 0), core = paper;
  for (std::size_t i = 0; i < ink.data.size(); ++i) ink.data[i] = paper.data[i] == 0 ? 1 : 0;
  const Mask wide = grown(ink, 1);
  for (std::size_t i = 0; i < core.data.size(); ++i)
    if (wide.data[i] != 0) core.data[i] = 0;
  Components regions = connected_components(core, Connectivity::four);
  std::vector<std::size_t> front;
  for (std::size_t i = 0; i < core.data.size(); ++i)
    if (core.data[i] != 0) front.push_back(i);
  const auto width = static_cast<std::size_t>(paper.width);
  for (std::size_t head = 0; head < front.size(); ++head) {
    const std::size_t i = front[head], x = i % width;
    const auto offer = [&](std::size_t next) {
      if (paper.data[next] == 0 || regions.label.data[next] != 0) return;
      regions.label.data[next] = regions.label.data[i];
      front.push_back(next);
    };
    if (x > 0) offer(i - 1);
    if (x + 1 < width) offer(i + 1);
    if (i >= width) offer(i - width);
    if (i + width < paper.data.size()) offer(i + width);
  }
  return regions;
}

/// White below the iris over the eye's area, regions named by what the truth has there.
double white_share(const Raster& picture, const Grid<int>& truth, const Mask& eye, int white,
                   const std::vector<int>& iris) {
  Mask paper(picture.width, picture.height, 0);
  for (std::size_t i = 0; i < paper.data.size(); ++i)
    paper.data[i] = eye.data[i] != 0 && picture.data[i].g >= 128 ? 1 : 0;
  const Components regions = regions_without_leaks(paper);
  std::vector<std::array<int, 2>> votes(regions.components.size(), {0, 0});
  std::vector<int> size(regions.components.size(), 0);
  for (std::size_t i = 0; i < paper.data.size(); ++i) {
    const int k = regions.label.data[i];
    if (k == 0) continue;
    ++size[static_cast<std::size_t>(k - 1)];
    if (truth.data[i] == white) ++votes[static_cast<std::size_t>(k - 1)][0];
    if (is_in(iris, truth.data[i])) ++votes[static_cast<std::size_t>(k - 1)][1];
  }
  // A few labels that fall beside a line do not make the paper around the eye a part of it.
  for (std::size_t k = 0; k < votes.size(); ++k)
    if (2 * (votes[k][0] + votes[k][1]) < size[k]) votes[k] = {0, 0};
  int low = -1;
  double area = 0;
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x) {
      const int k = regions.label(x, y);
      if (k == 0) continue;
      const auto& v = votes[static_cast<std::size_t>(k - 1)];
      if (v[0] + v[1] == 0) continue;
      area += 1;
      if (v[1] > v[0]) low = std::max(low, y);
    }
  double below = 0;
  for (int y = low + 1; low >= 0 && y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x) {
      const int k = regions.label(x, y);
      if (k > 0 && votes[static_cast<std::size_t>(k - 1)][0] > votes[static_cast<std::size_t>(k - 1)][1])
        below += 1;
    }
  return area > 0 ? below / area : 0;
}

/// How far the middle frame is on the way of the expression weights; nothing where they do not change, or
/// where it is off the way.
std::optional<double> weight_t(const nlohmann::json& page, int a, int m, int b) {
  const auto& frames = page["per_frame"];
  const auto weight = [&](int frame, const std::string& name) {
    const auto& w = frames[static_cast<std::size_t>(frame)]["expressions"];
    return w.contains(name) ? w[name].get<double>() : 0.0;
  };
  std::vector<std::string> names;
  for (const int f : {a, m, b})
    for (const auto& [name, value] : frames[static_cast<std::size_t>(f)]["expressions"].items())
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  double along = 0, whole = 0, off = 0;
  for (const std::string& name : names) {
    const double d = weight(b, name) - weight(a, name);
    along += d * (weight(m, name) - weight(a, name));
    whole += d * d;
  }
  if (whole < kSameWeights) return std::nullopt;
  const double t = along / whole;
  for (const std::string& name : names)
    off =
        std::max(off, std::abs(weight(m, name) - weight(a, name) - t * (weight(b, name) - weight(a, name))));
  if (off > kOffTheWay || t < 0.02 || t > 0.98) return std::nullopt;
  return t;
}

/// z -> by z + to: shift, turn and size of the head from one frame to another.
struct Similarity {
  std::complex<double> by{1, 0}, to{0, 0};
  [[nodiscard]] Vec2 operator()(Vec2 p) const {
    const std::complex<double> q = by * std::complex<double>(p.x, p.y) + to;
    return {q.real(), q.imag()};
  }
  [[nodiscard]] Vec2 back(Vec2 p) const {
    const std::complex<double> q = (std::complex<double>(p.x, p.y) - to) / by;
    return {q.real(), q.imag()};
  }
};

/// The face's frame: the similarity that carries the tracked points of head and hair from one frame to
/// another.
Similarity head_motion(const Sequence& sequence, const std::vector<char>& wanted, int from, int to) {
  std::vector<std::complex<double>> a, b;
  const auto &here = sequence.tracks[static_cast<std::size_t>(from)],
             &there = sequence.tracks[static_cast<std::size_t>(to)];
  for (std::size_t k = 0; k < wanted.size(); ++k)
    if (wanted[k] != 0 && here[k].visible && there[k].visible) {
      a.emplace_back(here[k].at.x, here[k].at.y);
      b.emplace_back(there[k].at.x, there[k].at.y);
    }
  Similarity fit;
  if (a.size() < kFewTracks) return fit;
  std::vector<double> trust(a.size(), 1);
  for (int round = 0; round < 10; ++round) {
    std::complex<double> a_mean, b_mean, cross;
    double sum = 0, size = 0;
    for (std::size_t k = 0; k < a.size(); ++k) {
      a_mean += trust[k] * a[k];
      b_mean += trust[k] * b[k];
      sum += trust[k];
    }
    a_mean /= sum;
    b_mean /= sum;
    for (std::size_t k = 0; k < a.size(); ++k) {
      cross += trust[k] * std::conj(a[k] - a_mean) * (b[k] - b_mean);
      size += trust[k] * std::norm(a[k] - a_mean);
    }
    fit.by = cross / size;
    fit.to = b_mean - fit.by * a_mean;
    for (std::size_t k = 0; k < a.size(); ++k) trust[k] = 1 / (0.5 + std::abs(fit.by * a[k] + fit.to - b[k]));
  }
  return fit;
}

/// A sequence read whole.
struct Frames {
  std::vector<Grid<int>> labels;
  std::vector<Raster> lines;
  std::vector<PartMasks> parts;  ///< grown: where the part's lines are
  std::map<std::string, std::vector<double>> range;
  std::vector<char> head;  ///< per tracked point: on head or hair
  double height = 1;       ///< of the face, px
};

Result<Frames> read_frames(const Sequence& sequence, const LabelNames& names) {
  Frames all;
  std::map<std::string, std::vector<std::vector<double>>> shapes;
  for (int f = 0; f < sequence.count(); ++f) {
    auto grid = read_labels(sequence.path("part", f));
    auto picture = read_lines(sequence, f, LineSource::line);
    if (!grid) return Failure(grid.error());
    if (!picture) return Failure(picture.error());
    PartMasks parts = parts_of(*grid, names);
    for (auto& [part, mask] : parts) {
      mask = grown(mask, kGrow);
      if (const PartLines own = part_lines(*picture, mask); own.size() >= kFewPixels)
        shapes[part].push_back(numbers(shape_of(own)));
    }
    all.parts.push_back(std::move(parts));
    all.labels.push_back(std::move(*grid));
    all.lines.push_back(std::move(*picture));
  }
  for (const auto& [part, each] : shapes) all.range[part] = travel(each);
  // Face height: chin to the upper edge of the eyes, a little above for the brows.
  Box eyes, face;
  for (int y = 0; y < all.labels[0].height; ++y)
    for (int x = 0; x < all.labels[0].width; ++x) {
      if (is_in(names.eye, all.labels[0](x, y))) eyes.add(x, y);
      if (is_in(names.face, all.labels[0](x, y))) face.add(x, y);
    }
  if (eyes.empty() || face.empty())
    return fail(ErrorCode::bad_input, "shows no face in its first frame", {}, {.file = sequence.folder});
  all.height = face.bottom - eyes.top + 0.5 * (eyes.bottom - eyes.top);
  if (sequence.tracks.empty()) return all;
  all.head.assign(sequence.tracks[0].size(), 0);
  for (int f = 0; f < sequence.count(); ++f)
    for (std::size_t k = 0; k < all.head.size(); ++k) {
      const TrackPoint& p = sequence.tracks[static_cast<std::size_t>(f)][k];
      const auto& labels = all.labels[static_cast<std::size_t>(f)];
      const int x = static_cast<int>(p.at.x), y = static_cast<int>(p.at.y);
      if (p.visible && labels.contains(x, y) && is_in(names.head, labels(x, y))) all.head[k] = 1;
    }
  return all;
}

/// The lines of a part alone on paper, as on a cel of its own.
Raster cel_of(const Raster& lines, const Mask& part, const Box& box) {
  Raster cel = cropped(lines, box);
  for (int y = 0; y < cel.height; ++y)
    for (int x = 0; x < cel.width; ++x)
      if (part(box.left + x, box.top + y) == 0) cel(x, y) = kPaper;
  return cel;
}

/// Labels carried along with the head.
Grid<int> carried(const Grid<int>& labels, const Box& box, const Similarity& motion) {
  Grid<int> result(box.right - box.left + 1, box.bottom - box.top + 1, -1);
  for (int y = 0; y < result.height; ++y)
    for (int x = 0; x < result.width; ++x) {
      const Vec2 p = motion.back({box.left + x + 0.5, box.top + y + 0.5});
      const int u = static_cast<int>(std::floor(p.x)), v = static_cast<int>(std::floor(p.y));
      if (labels.contains(u, v)) result(x, y) = labels(u, v);
    }
  return result;
}

}  // namespace

Result<FaceTable> sequence_table(const std::string& folder, int gap, int stride, const std::string& dump,
                                 std::string* cases) {
  auto found = find_sequences(folder);
  if (!found) return Failure(found.error());
  const Sequence& sequence = found->front();
  const auto text = read_text(folder + "/sequence.json");
  if (!text) return Failure(text.error());
  const auto page = nlohmann::json::parse(*text);
  const LabelNames names = names_of(sequence);
  const auto frames = read_frames(sequence, names);
  if (!frames) return Failure(frames.error());
  const auto mask_of = [&](const std::string& part, int f) -> const Mask* {
    const auto& parts = frames->parts[static_cast<std::size_t>(f)];
    const auto it = parts.find(part);
    return it == parts.end() ? nullptr : &it->second;
  };

  FaceTable table;
  for (int a = 0; a + gap + 1 < sequence.count(); a += stride) {
    const int b = a + gap + 1, m = a + (gap + 1) / 2;
    const auto way = weight_t(page, a, m, b);
    if (!way) continue;
    const double t = *way;
    // The truth is carried to where the head is in each picture that it is compared with.
    const Similarity to_a = head_motion(sequence, frames->head, m, a),
                     to_b = head_motion(sequence, frames->head, m, b);
    const Similarity between{(1 - t) * to_a.by + t * to_b.by, (1 - t) * to_a.to + t * to_b.to};
    for (const auto& [part, middle] : frames->parts[static_cast<std::size_t>(m)]) {
      const Mask *one = mask_of(part, a), *two = mask_of(part, b);
      if (one == nullptr || two == nullptr) continue;
      Box box;
      for (const Mask* mask : {one, &middle, two}) {
        const Box own = box_of(*mask);
        box.add(std::max(0, own.left - kRoom), std::max(0, own.top - kRoom));
        box.add(std::min(mask->width - 1, own.right + kRoom), std::min(mask->height - 1, own.bottom + kRoom));
      }
      const Raster first = cel_of(frames->lines[static_cast<std::size_t>(a)], *one, box),
                   last = cel_of(frames->lines[static_cast<std::size_t>(b)], *two, box),
                   truth = cel_of(frames->lines[static_cast<std::size_t>(m)], middle, box);
      ExpressionSheet sheet;
      sheet.file = sequence.name;
      sheet.chin = {0, frames->height};
      sheet.parts.push_back({part, part == "mouth" ? PartKind::mouth : PartKind::upper_lid, "", "part", {}});
      sheet.samples.resize(2);
      sheet.samples[0].name = "first";
      sheet.samples[0].pictures.push_back({"part", sequence.frames[static_cast<std::size_t>(a)], first});
      sheet.samples[1].name = "last";
      sheet.samples[1].at = {{"t", 1}};
      sheet.samples[1].pictures.push_back({"part", sequence.frames[static_cast<std::size_t>(b)], last});
      if (auto done = complete(sheet); !done) return Failure(done.error());
      auto ours = Face::make(sheet, {FacePaths::turning, true, {}});
      auto straight = Face::make(sheet, {FacePaths::straight, false, {}});
      if (!ours || !straight) continue;  // the head turned too far for one sheet
      const FaceDrawing made = ours->blend({1 - t, t}), plain = straight->blend({1 - t, t});
      if (!dump.empty()) {
        Raster row(truth.width * 4, truth.height, kPaper);
        const Raster* four[] = {&first, &made.lines, &truth, &last};
        for (int k = 0; k < 4; ++k)
          for (int y = 0; y < truth.height; ++y)
            for (int x = 0; x < truth.width; ++x) row(k * truth.width + x, y) = (*four[k])(x, y);
        if (auto done =
                write_picture(fmt::format("{}/{}-{:02}-{}-{}.png", dump, sequence.name, a, gap, part), row);
            !done)
          return Failure(done.error());
      }

      const std::string kind = part.substr(0, part.find(' '));
      const Mask everywhere(truth.width, truth.height, 1);
      const PartLines drawn = part_lines(truth, everywhere);
      const auto& labels = frames->labels[static_cast<std::size_t>(m)];
      const auto white_in = [&](const Raster& picture, const Similarity& motion) {
        return white_share(picture, carried(labels, box, motion), everywhere, names.white, names.iris);
      };
      const double white = kind == "eye" ? white_in(truth, {}) : -1;
      const auto compared = [&](const char* method, const Raster& picture, const Similarity& motion) {
        FaceMade result{method, {}, part_lines(picture, everywhere), -1};
        const Vec2 corner{static_cast<double>(box.left), static_cast<double>(box.top)};
        for (const Vec2 p : drawn) result.truth.push_back(motion(p + corner) - corner);
        if (white >= 0) result.sbi = std::abs(white_in(picture, motion) - white);
        return result;
      };
      // Where a drawing is asked for the nearest is shown: as holding does.
      const bool asks = made.judgement.verdict == Verdict::draw;
      const Similarity& nearer = t < 0.5 ? to_a : to_b;
      if (cases != nullptr) {
        const PartLines all[] = {part_lines(made.lines, everywhere), part_lines(first, everywhere),
                                 part_lines(last, everywhere)};
        const auto apart = [&](const PartLines& here, const PartLines& there) {
          return here.empty() || there.empty() ? -1 : 100 * compare_lines(here, there).pcd / frames->height;
        };
        const FaceMade ours_made = compared("", made.lines, asks ? nearer : between),
                       held = compared("", t < 0.5 ? first : last, nearer);
        *cases += fmt::format(
            "{} {:02} {}{}: t {:.2f} PCD % {:.3f} hold {:.3f}; ours to first {:.3f}, to last {:.3f}, first "
            "to last "
            "{:.3f}; covered {:.2f}; white {:.3f} ours {:+.3f} hold {:+.3f}\n",
            sequence.name, a, part, asks ? " *" : "", t, apart(ours_made.truth, all[0]),
            apart(held.truth, held.lines), apart(all[0], all[1]), apart(all[0], all[2]),
            apart(all[1], all[2]), made.uses.front().covered, white, ours_made.sbi, held.sbi);
      }
      add_case(table, {kind + (asks ? " *" : ""),
                       frames->height,
                       frames->range.at(part),
                       {compared("ours", made.lines, asks ? nearer : between),
                        compared("straight", plain.lines, asks ? nearer : between),
                        compared("hold", t < 0.5 ? first : last, nearer)}});
    }
  }
  return table;
}

}  // namespace nakawari::bench
