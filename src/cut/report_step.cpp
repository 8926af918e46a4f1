#include "cut/report_step.h"

#include <fmt/format.h>
#include <algorithm>

#include "base/hash.h"
#include "cut/report.h"
#include "image/picture_file.h"

namespace nakawari {
namespace {

/// Sides of the embedded pictures, px, and how many different frames are shown: together below 15 MB.
constexpr int kDrawingWidth = 960, kFrameWidth = 480;
constexpr std::size_t kMostFrames = 240;

/// A smaller picture on white, by whole-number boxes.
Raster reduced(const Raster& picture, int width) {
  const int box = std::max(1, picture.width / width);
  Raster small(std::max(1, picture.width / box), std::max(1, picture.height / box), kPaper);
  for (int y = 0; y < small.height; ++y) {
    for (int x = 0; x < small.width; ++x) {
      int sum[3] = {0, 0, 0};
      int count = 0;
      for (int v = y * box; v < std::min(picture.height, (y + 1) * box); ++v) {
        for (int u = x * box; u < std::min(picture.width, (x + 1) * box); ++u, ++count) {
          const Rgba8 p = picture(u, v);
          const int clear = 255 - p.a;
          sum[0] += (p.r * p.a + 255 * clear) / 255;
          sum[1] += (p.g * p.a + 255 * clear) / 255;
          sum[2] += (p.b * p.a + 255 * clear) / 255;
        }
      }
      if (count == 0) continue;
      const auto mean = [&](int i) { return static_cast<std::uint8_t>(sum[i] / count); };
      small(x, y) = {mean(0), mean(1), mean(2), 255};
    }
  }
  return small;
}

Result<Bytes> small_png(BuildState& state, const std::string& path, int width) {
  auto picture = read_picture_from(state, path);
  if (!picture) return Failure(std::move(picture.error()));
  return encode_picture(reduced(*picture, width), PictureFormat::png);
}

/// The frames of the cut, equal ones once. Frames that are not there (a part build) leave the film out.
void add_film(BuildState& state, ReportInput& page) {
  std::map<Hash, int> known;
  for (int frame = 0; frame < page.summary.frames; ++frame) {
    auto bytes = state.disk.read(state.at(fmt::format("out/frames/{:06}.png", frame + 1)));
    if (!bytes) return;
    const auto [it, fresh] = known.try_emplace(hash_of(std::span<const std::uint8_t>(*bytes)),
                                               static_cast<int>(page.frames.size()));
    if (fresh) {
      if (page.frames.size() == kMostFrames) return;
      auto picture = decode_picture(*bytes, "frame");
      auto small = picture ? encode_picture(reduced(*picture, kFrameWidth), PictureFormat::png)
                           : Result<Bytes>(Failure(picture.error()));
      if (!small) return;
      page.frames.push_back(std::move(*small));
    }
    page.frame_at.push_back(it->second);
  }
}

}  // namespace

Result<void> build_report(BuildState& state, const CutSummary& summary, const BuildCost& cost) {
  // Nothing was made anew and the page is there: it still tells the truth.
  if (state.stages.ran() == 0 && state.disk.stamp(state.at(kReportPage)).exists) return {};
  ReportInput page;
  page.summary = summary;
  page.cost = cost;
  for (const CelSummary& cel : summary.cels) {
    for (const DrawingSummary& drawing : cel.drawings) {
      if (drawing.line_picture.empty() || page.pictures.count(drawing.line_picture) > 0) continue;
      auto png = small_png(state, drawing.line_picture, kDrawingWidth);
      if (!png) return Failure(std::move(png.error()));
      page.pictures[drawing.line_picture] = std::move(*png);
    }
  }
  add_film(state, page);
  const std::string html = report_html(page);
  return state.disk.write(state.at(kReportPage),
                          {reinterpret_cast<const std::uint8_t*>(html.data()), html.size()});
}

}  // namespace nakawari
