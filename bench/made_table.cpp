#include "bench/made_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "bench/between_table.h"
#include "bench/paint_frame.h"
#include "bench/raw_picture.h"
#include "bench/sheet.h"
#if defined(NAKAWARI_BENCH_PAINT) && defined(NAKAWARI_BENCH_INBETWEEN)
#include "image/line_image.h"
#include "paint/painter.h"
#endif

namespace nakawari::bench {

#if defined(NAKAWARI_BENCH_PAINT) && defined(NAKAWARI_BENCH_INBETWEEN)
namespace {

/// The colours of the truth, below its lines too.
Result<Raster> flat_colours(const Sequence& sequence, int number) {
  const auto labels = read_samples(sequence.path("flat", number));
  if (!labels) return Failure(labels.error());
  Raster picture(labels->width, labels->height, kClear);
  for (std::size_t i = 0; i < picture.data.size(); ++i)
    if (const Label* label = labels->data[i] == 0 ? nullptr : sequence.find(labels->data[i]);
        label != nullptr)
      picture.data[i] = label->colour;
  return picture;
}

PaintDrawing drawing_of(const Raster& lines, double time) {
  PaintDrawing drawing;
  drawing.time = time;
  drawing.source = lines;
  drawing.lines = classify_lines(lines);
  return drawing;
}

Result<MadeOutcome> run_case(const Sequence& sequence, const Case& of, bool pictures) {
  const auto frame = [&](int number) {
    return read_paint_frame(sequence, number, LineSource::bin, RegionSource::lines, Tones::flat);
  };
  const auto a = frame(of.first), truth = frame(of.middle), b = frame(of.last);
  for (const auto* read : {&a, &truth, &b})
    if (!*read) return Failure(read->error());
  const auto flat = flat_colours(sequence, of.middle);
  if (!flat) return Failure(flat.error());
  auto made = draw_ours(sequence, of, LineSource::bin);
  if (!made) return Failure(made.error());

  PaintJob job;
  job.drawings = {drawing_of(a->lines, 0), drawing_of(made->picture, 1), drawing_of(b->lines, 2)};
  job.drawings[0].painted = a->painted;
  job.drawings[1].made_from = {0, 2};
  job.drawings[2].painted = b->painted;
  job.registrations = {{1, 0, made->to_a}, {1, 2, made->to_b}};
  const auto result = paint(std::move(job), {.threads = {1}});
  if (!result) return Failure(result.error());

  // The best style also where it asks.
  const PaintedDrawing& painted = result->drawings[1];
  Raster guess = painted.painted;
  Mask asked(guess.width, guess.height);
  Components own;
  own.label = painted.region;
  for (const PaintedRegion& region : painted.regions) own.components.push_back({.area = region.area});
  for (std::size_t i = 0; i < guess.data.size(); ++i) {
    const std::int32_t label = painted.region.data[i];
    if (label == 0) continue;
    const PaintedRegion& region = painted.regions[static_cast<std::size_t>(label - 1)];
    asked.data[i] = region.asked;
    if (region.asked)
      guess.data[i] = region.style == kUnknownStyle ? kCheckColour : result->model.colour(region.style, {});
  }
  MadeOutcome outcome{sequence.name, of.first, made->judgement.verdict, painted.judgement.verdict};
  outcome.own = score_paint(own, *flat, guess, asked);
  outcome.truths = score_paint(truth->regions, truth->painted, guess, asked);
  if (pictures) outcome.pictures = {truth->painted, painted.painted, guess};
  return outcome;
}

}  // namespace

Result<std::vector<MadeOutcome>> run_made_table(const Sequence& sequence, int stride, bool pictures,
                                                Threads threads) {
  std::vector<MadeOutcome> outcomes;
  if (!sequence.has_flat || sequence.labels.empty()) return outcomes;
  TableOptions options;
  options.gaps = {1};
  options.stride = stride;
  const std::vector<Case> cases = cases_of(sequence, options);
  outcomes.resize(cases.size());
  std::vector<std::optional<Error>> errors(cases.size());
  parallel_for(threads, cases.size(), [&](std::size_t i) {
    auto outcome = run_case(sequence, cases[i], pictures);
    if (outcome)
      outcomes[i] = std::move(*outcome);
    else
      errors[i] = outcome.error();
  });
  for (const auto& error : errors)
    if (error) return Failure(*error);
  return outcomes;
}

#else

Result<std::vector<MadeOutcome>> run_made_table(const Sequence&, int, bool, Threads) {
  return fail(ErrorCode::missing_tool, "built without the painter or the in-betweener");
}

#endif

std::string made_text(const std::vector<MadeOutcome>& outcomes) {
  std::string text =
      "our own in-betweens (gap 1), both keys painted\n"
      "  lines          part  drawings  own regions: Acc-Thres  Pix-F-Acc    prec.  covered   the truth's: "
      "Acc-Thres  Pix-F-Acc\n";
  for (const bool held : {false, true})
    for (const std::optional<Verdict> verdict :
         {std::optional<Verdict>(), std::optional(Verdict::pass), std::optional(Verdict::look),
          std::optional(Verdict::draw)}) {
      std::vector<PaintScore> own, truths;
      for (const MadeOutcome& o : outcomes) {
        if (held_out(o.sequence) != held || (verdict && o.lines != *verdict)) continue;
        own.push_back(o.own);
        truths.push_back(o.truths);
      }
      if (own.empty()) continue;
      const PaintScore m = mean(own), t = mean(truths);
      text += fmt::format("  {:<15}{:<6}{:>8}{:>24.2f}{:>11.2f}{:>9.2f}{:>9.2f}{:>24.2f}{:>11.2f}\n",
                          verdict ? word(*verdict) : "all", held ? "held" : "tune", own.size(),
                          100 * m.acc_thres, 100 * m.pix_f_acc, 100 * m.precision, 100 * m.covered,
                          100 * t.acc_thres, 100 * t.pix_f_acc);
    }
  return text;
}

Raster made_sheet(const std::vector<MadeOutcome>& outcomes, std::size_t most) {
  std::vector<const MadeOutcome*> worst;
  for (const MadeOutcome& o : outcomes)
    if (!o.pictures.empty() && o.lines == Verdict::pass) worst.push_back(&o);
  std::stable_sort(worst.begin(), worst.end(), [](const MadeOutcome* a, const MadeOutcome* b) {
    return a->own.acc_thres < b->own.acc_thres;
  });
  worst.resize(std::min(worst.size(), most));
  std::vector<SheetRow> rows;
  for (const MadeOutcome* o : worst)
    rows.push_back({fmt::format("{} {}-{}  Acc-Thres {:.1f}  paint {}", o->sequence, o->first, o->first + 2,
                                100 * o->own.acc_thres, word(o->paint)),
                    o->pictures});
  return contact_sheet(rows, 640);
}

}  // namespace nakawari::bench
