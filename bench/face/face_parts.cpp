#include "bench/face/face_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "bench/sequence.h"
#include "image/components.h"
#include "image/picture_file.h"

namespace nakawari::bench {
namespace {

constexpr int kGrow = 4;        // px around a part's labels in which lines are its own
constexpr int kRoom = 10;       // px around a part's labels that the artist's box would leave
constexpr double kLeast = 2;    // px: travel below this is no expression
constexpr int kFewPixels = 25;  // of line: less is nothing to compare

struct Box {
  int left = 1 << 20, top = 1 << 20, right = -1, bottom = -1;
  void add(int x, int y) {
    left = std::min(left, x);
    right = std::max(right, x);
    top = std::min(top, y);
    bottom = std::max(bottom, y);
  }
  [[nodiscard]] bool empty() const { return right < left; }
};

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

void unite(Mask& mask, const Mask& other) {
  for (std::size_t i = 0; i < mask.data.size(); ++i) mask.data[i] |= other.data[i];
}

/// Part name -> its pixels in one frame.
using PartMasks = std::map<std::string, Mask>;

struct LabelNames {
  std::vector<int> eye, ink, mouth, face;
};

LabelNames names_of(const Sequence& sequence) {
  LabelNames names;
  for (const Label& label : sequence.labels) {
    if (label.name == "eyewhite" || label.name == "iris_dark" || label.name == "iris_light" ||
        label.name == "highlight" || label.name == "iris_ink")
      names.eye.push_back(label.id);
    if (label.name == "ink") names.ink.push_back(label.id);
    if (label.name == "mouth" || label.name == "teeth" || label.name == "lip")
      names.mouth.push_back(label.id);
    if (label.name == "face") names.face.push_back(label.id);
  }
  return names;
}

Result<Grid<int>> read_labels(const std::string& path, const std::vector<Label>& labels) {
  const auto picture = read_picture(path);
  if (!picture) return Failure(picture.error());
  Grid<int> grid(picture->width, picture->height, -1);
  for (std::size_t i = 0; i < grid.data.size(); ++i)
    for (const Label& label : labels)
      if (picture->data[i].r == label.colour.r && picture->data[i].g == label.colour.g &&
          picture->data[i].b == label.colour.b) {
        grid.data[i] = label.id;
        break;
      }
  return grid;
}

bool is_in(const std::vector<int>& list, int value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// Eyes with their lashes, brows, mouth; left and right of the face's middle.
PartMasks parts_of(const Grid<int>& labels, const LabelNames& names) {
  PartMasks masks;
  const auto mask_of = [&](const std::vector<int>& list) {
    Mask mask(labels.width, labels.height, 0);
    for (std::size_t i = 0; i < labels.data.size(); ++i) mask.data[i] = is_in(list, labels.data[i]);
    return mask;
  };
  const Box face = box_of(mask_of(names.face));
  const double middle = 0.5 * (face.left + face.right);
  const auto add = [&](const std::string& part, int x, int y) {
    auto [it, fresh] = masks.try_emplace(part);
    if (fresh) it->second = Mask(labels.width, labels.height, 0);
    it->second(x, y) = 1;
  };
  const Mask eyes = mask_of(names.eye);
  const Mask near_eyes = grown(eyes, 6);
  const Components ink = connected_components(mask_of(names.ink), Connectivity::eight);
  std::vector<char> lash(ink.components.size(), 0);
  for (int y = 0; y < labels.height; ++y)
    for (int x = 0; x < labels.width; ++x)
      if (ink.label(x, y) > 0 && near_eyes(x, y) != 0)
        lash[static_cast<std::size_t>(ink.label(x, y) - 1)] = 1;
  // Closed eyes: of each side the lowest large piece is the lash line.
  for (const bool left : {true, false}) {
    int lowest = -1;
    bool any = false;
    for (std::size_t k = 0; k < ink.components.size(); ++k) {
      const Component& c = ink.components[k];
      if (c.area < 40 || (c.centre_x < middle) != left) continue;
      any = any || lash[k] != 0;
      if (lowest < 0 || c.centre_y > ink.components[static_cast<std::size_t>(lowest)].centre_y)
        lowest = static_cast<int>(k);
    }
    if (!any && lowest >= 0) lash[static_cast<std::size_t>(lowest)] = 1;
  }
  for (int y = 0; y < labels.height; ++y)
    for (int x = 0; x < labels.width; ++x) {
      const bool left = x < middle;
      const char* side = left ? " L" : " R";
      if (eyes(x, y) != 0) add(std::string("eye") + side, x, y);
      if (is_in(names.mouth, labels(x, y)) && y > face.top + 0.6 * (face.bottom - face.top))
        add("mouth", x, y);
      if (const int k = ink.label(x, y); k > 0)
        add(std::string(lash[static_cast<std::size_t>(k - 1)] ? "eye" : "brow") + side, x, y);
    }
  return masks;
}

/// White below the iris over the eye's area, regions named by what the truth has there.
double white_share(const Raster& picture, const Grid<int>& truth, const Mask& eye, int white,
                   const std::vector<int>& iris) {
  Mask paper(picture.width, picture.height, 0);
  for (std::size_t i = 0; i < paper.data.size(); ++i)
    paper.data[i] = eye.data[i] != 0 && picture.data[i].g >= 128 ? 1 : 0;
  const Components regions = connected_components(paper, Connectivity::four);
  std::vector<std::array<int, 2>> votes(regions.components.size(), {0, 0});
  for (std::size_t i = 0; i < paper.data.size(); ++i) {
    const int k = regions.label.data[i];
    if (k == 0) continue;
    if (truth.data[i] == white) ++votes[static_cast<std::size_t>(k - 1)][0];
    if (is_in(iris, truth.data[i])) ++votes[static_cast<std::size_t>(k - 1)][1];
  }
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

std::vector<double> travel(const std::vector<std::vector<double>>& all) {
  std::vector<double> range;
  for (std::size_t k = 0; !all.empty() && k < all.front().size(); ++k) {
    double low = 1e9, high = -1e9;
    for (const auto& row : all) {
      low = std::min(low, row[k]);
      high = std::max(high, row[k]);
    }
    range.push_back(high - low);
  }
  return range;
}

template <typename T>
Grid<T> cropped(const Grid<T>& from, const Box& box) {
  Grid<T> result(box.right - box.left + 1, box.bottom - box.top + 1);
  for (int y = 0; y < result.height; ++y)
    for (int x = 0; x < result.width; ++x) result(x, y) = from(box.left + x, box.top + y);
  return result;
}

/// How far the middle frame is on the way of the expression weights; a half where they say nothing.
double weight_t(const nlohmann::json& page, int a, int m, int b) {
  const auto weight = [&](int frame, const std::string& name) {
    const auto& w = page["per_frame"][static_cast<std::size_t>(frame)]["expressions"];
    return w.contains(name) ? w[name].get<double>() : 0.0;
  };
  double along = 0, whole = 0;
  std::vector<std::string> names;
  for (const int f : {a, m, b})
    for (const auto& [name, value] : page["per_frame"][static_cast<std::size_t>(f)]["expressions"].items())
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  for (const std::string& name : names) {
    const double d = weight(b, name) - weight(a, name);
    along += d * (weight(m, name) - weight(a, name));
    whole += d * d;
  }
  return whole > 0.01 ? std::clamp(along / whole, 0.02, 0.98) : 0.5;
}

}  // namespace

void add_case(FaceTable& table, const FaceCase& where, const Raster& truth,
              const std::map<std::string, const Raster*>& pictures) {
  const PartLines lines = part_lines(truth, where.inside);
  if (lines.size() < kFewPixels) return;
  std::map<std::string, PartLines> ours;
  for (const auto& [method, picture] : pictures) {
    ours[method] = part_lines(*picture, where.inside);
    if (ours[method].size() < kFewPixels) ours[method] = {};
  }
  for (const auto& [method, theirs] : ours) {
    Cell& cell = table[method][where.part];
    ++cell.cases;
    if (theirs.empty()) {  // nothing drawn there: as far off as the part is large
      const double lost = shape_of(lines).height / where.height;
      cell.pcd += lost;
      cell.pos += lost;
      cell.shape += lost;
      cell.epe += 1;
      cell.all_pcd.push_back(lost);
      continue;
    }
    const PartError error = compare_lines(lines, theirs);
    cell.pcd += error.pcd / where.height;
    cell.all_pcd.push_back(error.pcd / where.height);
    cell.pos += error.pos / where.height;
    cell.shape += error.shape / where.height;
    cell.epe += epe(numbers(shape_of(lines)), numbers(shape_of(theirs)), where.range, kLeast);
  }
}

std::string table_text(const FaceTable& table) {
  std::string text = fmt::format("{:<10}{:<10}{:>6}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}\n", "part", "method",
                                 "cases", "PCD %", "p90 %", "POS %", "SHAPE %", "EPE", "|dSBI|");
  std::vector<std::string> parts;
  for (const auto& [method, row] : table)
    for (const auto& [part, cell] : row)
      if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(part);
  for (const std::string& part : parts)
    for (const char* method : {"ours", "straight", "hold"}) {
      const auto row = table.find(method);
      if (row == table.end() || !row->second.contains(part)) continue;
      Cell cell = row->second.at(part);
      const double n = cell.cases;
      std::sort(cell.all_pcd.begin(), cell.all_pcd.end());
      const double p90 = cell.all_pcd[static_cast<std::size_t>(0.9 * (n - 1))];
      text +=
          fmt::format("{:<10}{:<10}{:>6}{:>9.3f}{:>9.3f}{:>9.3f}{:>9.3f}{:>9.3f}", part, method, cell.cases,
                      100 * cell.pcd / n, 100 * p90, 100 * cell.pos / n, 100 * cell.shape / n, cell.epe / n);
      text += cell.sbi_cases > 0 ? fmt::format("{:>9.3f}\n", cell.sbi / cell.sbi_cases)
                                 : fmt::format("{:>9}\n", "-");
    }
  return text;
}

Result<FaceTable> sequence_table(const std::string& folder, int gap, int stride, const std::string& dump) {
  auto found = find_sequences(folder);
  if (!found) return Failure(found.error());
  const Sequence& sequence = found->front();
  const auto text = read_text(folder + "/sequence.json");
  if (!text) return Failure(text.error());
  const auto page = nlohmann::json::parse(*text);
  const LabelNames names = names_of(sequence);
  int white = -1;
  for (const Label& label : sequence.labels)
    if (label.name == "eyewhite") white = label.id;
  std::vector<int> iris;
  for (const int id : names.eye)
    if (id != white) iris.push_back(id);

  std::vector<Grid<int>> labels;
  std::vector<Raster> lines;
  std::vector<PartMasks> masks;
  std::map<std::string, std::vector<std::vector<double>>> shapes;
  for (int f = 0; f < sequence.count(); ++f) {
    auto grid = read_labels(sequence.path("flat", f), sequence.labels);
    auto picture = read_lines(sequence, f, LineSource::line);
    if (!grid) return Failure(grid.error());
    if (!picture) return Failure(picture.error());
    masks.push_back(parts_of(*grid, names));
    for (const auto& [part, mask] : masks.back())
      if (const PartLines own = part_lines(*picture, grown(mask, kGrow)); own.size() >= kFewPixels)
        shapes[part].push_back(numbers(shape_of(own)));
    labels.push_back(std::move(*grid));
    lines.push_back(std::move(*picture));
  }
  std::map<std::string, std::vector<double>> range;
  for (const auto& [part, all] : shapes) range[part] = travel(all);
  // Face height: chin to the upper edge of the eyes in the first frame, a little above for the brows.
  Box eyes, face;
  for (int y = 0; y < labels[0].height; ++y)
    for (int x = 0; x < labels[0].width; ++x) {
      if (is_in(names.eye, labels[0](x, y))) eyes.add(x, y);
      if (is_in(names.face, labels[0](x, y))) face.add(x, y);
    }
  const double height = face.bottom - eyes.top + 0.5 * (eyes.bottom - eyes.top);

  FaceTable table;
  for (int a = 0; a + gap + 1 < sequence.count(); a += stride) {
    const int b = a + gap + 1, m = a + (gap + 1) / 2;
    Box window;
    for (const int f : {a, b, m})
      for (const auto& [part, mask] : masks[static_cast<std::size_t>(f)]) {
        const Box box = box_of(mask);
        window.add(box.left, box.top);
        window.add(box.right, box.bottom);
      }
    if (window.empty()) continue;
    window = {std::max(0, window.left - 40), std::max(0, window.top - 40),
              std::min(lines[0].width - 1, window.right + 40),
              std::min(lines[0].height - 1, window.bottom + 40)};
    const Raster first = cropped(lines[static_cast<std::size_t>(a)], window),
                 last = cropped(lines[static_cast<std::size_t>(b)], window),
                 truth = cropped(lines[static_cast<std::size_t>(m)], window);
    // The sheet: two drawings, parts by boxes that hold the part in both.
    ExpressionSheet sheet;
    sheet.file = sequence.name;
    for (const auto& [part, mask] : masks[static_cast<std::size_t>(a)]) {
      Box box = box_of(mask);
      const auto other = masks[static_cast<std::size_t>(b)].find(part);
      if (other == masks[static_cast<std::size_t>(b)].end()) continue;
      const Box more = box_of(other->second);
      box.add(more.left, more.top);
      box.add(more.right, more.bottom);
      const Vec2 low{box.left - window.left - double(kRoom), box.top - window.top - double(kRoom)};
      const Vec2 high{box.right - window.left + double(kRoom), box.bottom - window.top + double(kRoom)};
      sheet.parts.push_back({part,
                             part == "mouth" ? PartKind::mouth : PartKind::upper_lid,
                             "",
                             "",
                             {low, {high.x, low.y}, high, {low.x, high.y}}});
    }
    FaceSample one, two;
    one.name = "first";
    one.pictures.push_back({"", sequence.frames[static_cast<std::size_t>(a)], first});
    two.name = "last";
    two.at = {{"t", 1}};
    two.pictures.push_back({"", sequence.frames[static_cast<std::size_t>(b)], last});
    sheet.samples = {one, two};
    if (auto done = complete(sheet); !done) return Failure(done.error());
    const double t = weight_t(page, a, m, b);
    auto ours = Face::make(sheet, {FacePaths::turning, true, {}});
    if (!ours) continue;  // the head turned too far for one sheet
    auto straight = Face::make(sheet, {FacePaths::straight, false, {}});
    if (!straight) continue;
    const FaceDrawing made = ours->blend({1 - t, t}), plain = straight->blend({1 - t, t});
    const Raster& held = t < 0.5 ? first : last;
    if (!dump.empty()) {
      Raster row(truth.width * 4, truth.height, kPaper);
      const Raster* four[] = {&first, &made.lines, &truth, &last};
      for (int k = 0; k < 4; ++k)
        for (int y = 0; y < truth.height; ++y)
          for (int x = 0; x < truth.width; ++x) row(k * truth.width + x, y) = (*four[k])(x, y);
      if (auto done = write_picture(fmt::format("{}/{}-{:02}-{}.png", dump, sequence.name, a, gap), row);
          !done)
        return Failure(done.error());
    }
    for (const auto& [part, mask] : masks[static_cast<std::size_t>(m)]) {
      const bool asked = std::any_of(sheet.parts.begin(), sheet.parts.end(),
                                     [&](const FacePart& p) { return p.name == part; });
      if (!asked) continue;
      Mask inside = mask;
      unite(inside, masks[static_cast<std::size_t>(a)][part]);
      unite(inside, masks[static_cast<std::size_t>(b)][part]);
      const Mask near = cropped(grown(inside, kGrow), window);
      const std::string kind = part.substr(0, part.find(' '));
      const std::map<std::string, const Raster*> pictures{
          {"ours", &made.lines}, {"straight", &plain.lines}, {"hold", &held}};
      add_case(table, {kind, near, height, range[part]}, truth, pictures);
      if (kind != "eye") continue;
      const Grid<int> own = cropped(labels[static_cast<std::size_t>(m)], window);
      const double white_truth = white_share(truth, own, near, white, iris);
      for (const auto& [method, picture] : pictures) {
        table[method][kind].sbi += std::abs(white_share(*picture, own, near, white, iris) - white_truth);
        ++table[method][kind].sbi_cases;
      }
    }
  }
  return table;
}

Result<FaceTable> heads_table(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ".png") files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  // Dark lines of a painted picture, and the box in which the drawings differ.
  std::vector<Raster> lines;
  for (const std::string& file : files) {
    auto picture = read_picture(file);
    if (!picture) return Failure(picture.error());
    for (Rgba8& p : picture->data) {
      const auto dark =
          static_cast<std::uint8_t>(std::min(255, std::max(0, (std::max({p.r, p.g, p.b}) - 40) * 4)));
      p = {dark, dark, dark, 255};
    }
    lines.push_back(std::move(*picture));
  }
  if (lines.size() < 3)
    return fail(ErrorCode::bad_input, "holds fewer than three drawings", {}, {.file = folder});
  Box box;
  for (std::size_t k = 1; k < lines.size(); ++k)
    for (int y = lines[0].height / 2; y < lines[0].height; ++y)
      for (int x = 0; x < lines[0].width; ++x)
        if ((lines[k](x, y).r < 128) != (lines[0](x, y).r < 128)) box.add(x, y);
  box = {std::max(0, box.left - 20), std::max(0, box.top - 20), std::min(lines[0].width - 1, box.right + 20),
         std::min(lines[0].height - 1, box.bottom + 20)};
  ExpressionSheet sheet;
  sheet.file = folder;
  const double w = box.right - box.left + 1, h = box.bottom - box.top + 1;
  sheet.parts.push_back({"mouth", PartKind::mouth, "", "", {{0, 0}, {w, 0}, {w, h}, {0, h}}});
  std::vector<std::vector<double>> shapes;
  const Mask all(static_cast<int>(w), static_cast<int>(h), 1);
  for (std::size_t k = 0; k < lines.size(); ++k) {
    lines[k] = cropped(lines[k], box);
    FaceSample sample;
    sample.name = std::filesystem::path(files[k]).stem().string();
    if (k > 0) sample.at = {{sample.name, 1}};
    sample.pictures.push_back({"", files[k], lines[k]});
    sheet.samples.push_back(std::move(sample));
    shapes.push_back(numbers(shape_of(part_lines(lines[k], all))));
  }
  if (auto done = complete(sheet); !done) return Failure(done.error());
  auto ours = Face::make(sheet, {FacePaths::turning, true, {}});
  if (!ours) return Failure(ours.error());
  auto straight = Face::make(sheet, {FacePaths::straight, false, {}});
  if (!straight) return Failure(straight.error());
  const FaceCase where{"mouth", all, 0.45 * 1119, travel(shapes)};

  FaceTable table;
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const PartLines truth = part_lines(lines[k], all);
    std::vector<std::pair<double, std::size_t>> near;
    for (std::size_t j = 0; j < lines.size(); ++j)
      if (j != k) near.emplace_back(compare_lines(truth, part_lines(lines[j], all)).pcd, j);
    std::sort(near.begin(), near.end());
    near.resize(std::min<std::size_t>(near.size(), 4));
    const auto best = [&](Face& face) {
      double least = 1e9;
      Raster chosen = lines[near[0].second];
      for (std::size_t i = 0; i < near.size(); ++i)
        for (std::size_t j = i + 1; j < near.size(); ++j) {
          std::vector<double> weights(lines.size(), 0);
          weights[near[i].second] = weights[near[j].second] = 0.5;
          FaceDrawing made = face.blend(weights);
          if (made.judgement.verdict == Verdict::draw) continue;
          const PartLines own = part_lines(made.lines, all);
          if (own.empty()) continue;
          const double pcd = compare_lines(truth, own).pcd;
          if (pcd < least) {
            least = pcd;
            chosen = std::move(made.lines);
          }
        }
      return chosen;
    };
    const Raster made = best(*ours), plain = best(*straight);
    add_case(table, where, lines[k],
             {{"ours", &made}, {"straight", &plain}, {"hold", &lines[near[0].second]}});
  }
  return table;
}

}  // namespace nakawari::bench
