#include "bench/examples.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "bench/metrics.h"
#include "bench/paint_metrics.h"
#include "bench/summary.h"
#include "image/picture_file.h"

namespace nakawari::bench {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> sorted_in(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

// Our picture of that name as PNG or TGA, or an empty page of the truth's size.
Result<Raster> ours_or_page(const fs::path& folder, const std::string& stem, const Raster& truth, Rgba8 empty,
                            bool& missing) {
  for (const char* ending : {".png", ".tga"})
    if (const fs::path path = folder / (stem + ending); fs::exists(path)) {
      auto picture = read_picture(path.string());
      if (picture && (picture->width != truth.width || picture->height != truth.height))
        return fail(ErrorCode::bad_input, "not of the truth's size", {}, {.file = path.string()});
      // A TGA has no alpha: its white is the clear ground.
      if (picture && empty == kClear)
        for (Rgba8& p : picture->data)
          if (p == kPaper) p = kClear;
      return picture;
    }
  missing = true;
  return Raster(truth.width, truth.height, empty);
}

struct CelScores {
  std::vector<Outcome> lines;
  std::vector<PaintScore> paint;
  int missing = 0;
};

Result<CelScores> score_cel(const fs::path& truth_cel, const fs::path& out_cel) {
  CelScores scores;
  for (const fs::path& path : sorted_in(truth_cel / "line")) {
    const auto truth = read_picture(path.string());
    if (!truth) return Failure(truth.error());
    bool missing = false;
    const std::string stem = path.stem().string();
    const auto line = ours_or_page(out_cel / "line", stem, *truth, kPaper, missing);
    if (!line) return Failure(line.error());
    const Measured measure = measured(*truth);
    Outcome outcome;
    outcome.score = compare(measure, measured(*line));
    scores.lines.push_back(outcome);
    scores.missing += missing;

    const auto truth_paint = read_picture((truth_cel / "paint" / path.filename()).string());
    if (!truth_paint) continue;
    const auto paint = ours_or_page(out_cel / "paint", stem, *truth_paint, kClear, missing);
    if (!paint) return Failure(paint.error());
    scores.paint.push_back(score_paint(measure.regions, *truth_paint, *paint));
  }
  return scores;
}

}  // namespace

Result<std::string> examples_text(const std::string& folder) {
  std::string text = fmt::format("{:<16}{:>9}{:>9}{:>9}{:>9}{:>9}{:>11}{:>11}\n", "example", "drawings",
                                 "F1@2px", "MSD px", "regions", "loose", "Acc-Thres", "Pix-F-Acc");
  int rows = 0;
  for (const fs::path& example : sorted_in(folder))
    for (const fs::path& cel : sorted_in(example / "truth")) {
      const auto scores = score_cel(cel, example / "out" / cel.filename());
      if (!scores) return Failure(scores.error());
      if (scores->lines.empty()) continue;
      std::vector<const Outcome*> lines;
      for (const Outcome& outcome : scores->lines) lines.push_back(&outcome);
      const Score s = mean_score(lines).score;
      const PaintScore p = mean(scores->paint);
      text += fmt::format("{:<16}{:>9}{:>9.3f}{:>9.2f}{:>8.1f}%{:>9.1f}{:>10.2f}%{:>10.2f}%{}\n",
                          example.filename().string() + " " + cel.filename().string(), lines.size(), s.f1,
                          s.msd, 100 * s.survival, s.loose_ends, 100 * p.acc_thres, 100 * p.pix_f_acc,
                          scores->missing > 0 ? fmt::format("  {} not built", scores->missing) : "");
      ++rows;
    }
  if (rows == 0)
    return fail(ErrorCode::not_found, "no example with truth/CEL/line in here",
                "name the folder of the examples", {.file = folder});
  return text;
}

}  // namespace nakawari::bench
