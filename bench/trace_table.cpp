#include "bench/trace_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "bench/gap_table.h"
#include "bench/paint_metrics.h"
#include "bench/raw_picture.h"
#include "image/components.h"
#include "image/picture_file.h"
#ifdef NAKAWARI_BENCH_PAINT
#include "image/line_image.h"
#include "paint/paint.h"
#endif

namespace nakawari::bench {

#ifdef NAKAWARI_BENCH_PAINT
namespace {

constexpr Rgba8 kBlue{0, 0, 255, 255};

/// A drawing with blue lines along its shadows; its truth in two tones, lines included; the same as a person
/// would paint it, with the blue lines left for the program.
struct Shaded {
  Raster lines, truth, unfinished;
};

Result<Shaded> read_shaded(const Sequence& sequence, int number) {
  auto lines = read_lines(sequence, number, LineSource::bin);
  if (!lines) return Failure(lines.error());
  const auto borders = read_picture(sequence.path("shadowline", number));
  if (!borders) return Failure(borders.error());
  const auto tones = read_samples(sequence.path("shade", number));
  if (!tones) return Failure(tones.error());
  if (borders->data.size() != lines->data.size() || tones->data.size() != lines->data.size())
    return fail(ErrorCode::bad_input, "shadows and lines differ in size", {},
                {.file = sequence.path("shade", number)});
  const int labels = static_cast<int>(sequence.labels.size());
  Shaded shaded{std::move(*lines), Raster(tones->width, tones->height, kClear), {}};
  for (std::size_t i = 0; i < tones->data.size(); ++i) {
    const int tone = tones->data[i];
    const Label* label = tone == 0 ? nullptr : sequence.find(tone < labels ? tone : tone - labels);
    if (label != nullptr && label->id > 0)
      shaded.truth.data[i] = tone < labels ? label->colour : label->shade;
    if (dark(shaded.lines.data[i])) {
      shaded.truth.data[i] = {0, 0, 0, 255};
    } else if (dark(borders->data[i]) && label != nullptr) {
      shaded.lines.data[i] = kBlue;
      shaded.truth.data[i] = label->shade;
    }
  }
  shaded.unfinished = shaded.truth;
  for (std::size_t i = 0; i < shaded.lines.data.size(); ++i)
    if (shaded.lines.data[i] == kBlue) shaded.unfinished.data[i] = kBlue;
  return shaded;
}

/// Labels of which no shade has the colour of another's lit side: a model may not hold two styles of one
/// colour, and a colour designer moves one of them by a step.
std::vector<Label> told_apart(std::vector<Label> labels) {
  for (Label& label : labels)
    while (label.shade != label.colour && std::any_of(labels.begin(), labels.end(), [&](const Label& other) {
             return other.colour == label.shade;
           }))
      label.shade.b = static_cast<std::uint8_t>(label.shade.b + 1);
  return labels;
}

/// Two styles a label; of equal colours the first.
ColourModel model_of(const Sequence& sequence) {
  ColourModel model;
  model.variants = {"normal"};
  std::set<std::tuple<int, int, int>> known;
  for (const Label& label : sequence.labels) {
    if (label.id == 0) continue;
    for (const StyleRole role : {StyleRole::normal, StyleRole::shadow}) {
      const Rgba8 c = role == StyleRole::normal ? label.colour : label.shade;
      if (!known.insert({c.r, c.g, c.b}).second) continue;
      Style style;
      style.id = static_cast<StyleId>(model.styles.size()) + 1;
      style.name = label.name + (role == StyleRole::shadow ? " shadow" : "");
      style.part = label.name;
      style.role = role;
      style.colours["normal"] = c;
      model.styles.push_back(std::move(style));
    }
  }
  return model;
}

PaintDrawing drawing_of(const Shaded& shaded, double time) {
  PaintDrawing drawing;
  drawing.time = time;
  drawing.source = shaded.lines;
  drawing.lines = classify_lines(shaded.lines);
  return drawing;
}

/// Components of trace pixels with one colour by truth.
void score(const Shaded& shaded, const Raster& ours, TraceOutcome& outcome) {
  std::map<std::tuple<int, int, int>, Mask> by_colour;
  for (std::size_t i = 0; i < ours.data.size(); ++i) {
    if (shaded.lines.data[i] != kBlue) continue;
    const Rgba8 c = shaded.truth.data[i];
    Mask& mask = by_colour.try_emplace({c.r, c.g, c.b}, ours.width, ours.height).first->second;
    mask.data[i] = 1;
  }
  ++outcome.drawings;
  for (const auto& [colour, mask] : by_colour) {
    const Components parts = connected_components(mask, Connectivity::eight);
    std::vector<int> right(parts.components.size());
    for (std::size_t i = 0; i < mask.data.size(); ++i)
      if (mask.data[i] != 0) right[parts.label.data[i] - 1] += ours.data[i] == shaded.truth.data[i];
    for (std::size_t k = 0; k < right.size(); ++k) {
      const int area = parts.components[k].area;
      const bool good = 2 * right[k] > area;
      ++outcome.components;
      outcome.right += good;
      outcome.pixels += area;
      outcome.pixels_right += right[k];
      if (area <= kTinyRegion) continue;
      ++outcome.large;
      outcome.large_right += good;
    }
  }
}

}  // namespace

Result<TraceOutcome> run_trace_table(const Sequence& given, TraceProtocol protocol, int stride,
                                     Threads threads) {
  TraceOutcome outcome{given.name};
  if (!given.has_shade || given.labels.empty() || !read_picture(given.path("shadowline", 0))) return outcome;
  Sequence sequence = given;
  sequence.labels = told_apart(given.labels);
  const ColourModel model = model_of(sequence);
  for (int number = 1; number < sequence.count(); number += stride) {
    const auto target = read_shaded(sequence, number);
    if (!target) return Failure(target.error());
    PaintJob job;
    job.model = model;
    if (protocol == TraceProtocol::previous) {
      const auto key = read_shaded(sequence, number - 1);
      if (!key) return Failure(key.error());
      job.drawings.push_back(drawing_of(*key, 0));
      job.drawings[0].painted = key->truth;
      job.drawings.push_back(drawing_of(*target, 1));
    } else {
      job.drawings.push_back(drawing_of(*target, 0));
      job.drawings[0].painted = target->unfinished;
    }
    // The best guess for every region, asked or not.
    const auto result = paint(job, {.threads = threads, .margin = 0, .match_lines = false});
    if (!result) return Failure(result.error());
    score(*target, result->drawings.back().painted, outcome);
  }
  return outcome;
}

#else

Result<TraceOutcome> run_trace_table(const Sequence&, TraceProtocol, int, Threads) {
  return fail(ErrorCode::missing_tool, "built without the painter");
}

#endif

std::string trace_text(const std::vector<std::pair<TraceProtocol, TraceOutcome>>& outcomes) {
  std::string text =
      "blue lines along shadows, share painted in the right colour\n"
      "  regions known       sequence          drawings  components  right %  above 10 px  right %  pixels "
      "right %\n";
  const auto row = [&](TraceProtocol protocol, const std::string& name, const TraceOutcome& o) {
    const auto share = [](double part, double all) { return all > 0 ? 100 * part / all : 0; };
    text += fmt::format("  {:<20}{:<18}{:>8.0f}{:>12.0f}{:>9.2f}{:>13.0f}{:>9.2f}{:>16.2f}\n",
                        protocol == TraceProtocol::own ? "its own" : "of the one before", name, o.drawings,
                        o.components, share(o.right, o.components), o.large, share(o.large_right, o.large),
                        share(o.pixels_right, o.pixels));
  };
  for (const TraceProtocol protocol : {TraceProtocol::own, TraceProtocol::previous}) {
    TraceOutcome sum;
    for (const auto& [which, o] : outcomes) {
      if (which != protocol || o.drawings == 0) continue;
      row(protocol, o.sequence, o);
      sum.drawings += o.drawings;
      sum.components += o.components;
      sum.right += o.right;
      sum.large += o.large;
      sum.large_right += o.large_right;
      sum.pixels += o.pixels;
      sum.pixels_right += o.pixels_right;
    }
    if (sum.drawings > 0) row(protocol, "all", sum);
  }
  return text;
}

}  // namespace nakawari::bench
