#include <algorithm>
#include <filesystem>

#include "bench/face/face_parts.h"
#include "image/picture_file.h"

namespace nakawari::bench {
namespace {

// Chin to brows as a share of these pictures' height.
constexpr double kFaceShare = 0.45;

}  // namespace

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
  const double page_height = lines[0].height;
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
  const double height = kFaceShare * page_height;
  const std::vector<double> range = travel(shapes);

  FaceTable table;
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const PartLines truth = part_lines(lines[k], all);
    std::vector<std::pair<double, std::size_t>> near;
    for (std::size_t j = 0; j < lines.size(); ++j)
      if (j != k) near.emplace_back(compare_lines(truth, part_lines(lines[j], all)).pcd, j);
    std::sort(near.begin(), near.end());
    near.resize(std::min<std::size_t>(near.size(), 4));
    struct Best {
      Raster lines;
      bool made = false;
    };
    const auto best = [&](Face& face) {
      double least = 1e9;
      Best chosen{lines[near[0].second]};
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
            chosen = {std::move(made.lines), true};
          }
        }
      return chosen;
    };
    const Best made = best(*ours), plain = best(*straight);
    add_case(table, {made.made ? "mouth" : "mouth *",
                     height,
                     range,
                     {{"ours", truth, part_lines(made.lines, all)},
                      {"straight", truth, part_lines(plain.lines, all)},
                      {"hold", truth, part_lines(lines[near[0].second], all)}}});
  }
  return table;
}

}  // namespace nakawari::bench
