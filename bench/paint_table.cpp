#include "bench/paint_table.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "bench/peers.h"
#include "bench/raw_picture.h"
#ifdef NAKAWARI_BENCH_PAINT
#include "image/line_image.h"
#include "paint/paint.h"
#endif

namespace nakawari::bench {
namespace {

constexpr int kWindow = 9;

// One drawing with its truth: what stands painted, main lines black.
struct Frame {
  Raster lines, painted;
  Grey grey;
  Components regions;
};

Result<Frame> read_frame(const Sequence& sequence, int number, LineSource source) {
  auto lines = read_lines(sequence, number, source);
  if (!lines) return Failure(lines.error());
  const auto labels = read_samples(sequence.path("flat", number));
  if (!labels) return Failure(labels.error());
  if (labels->data.size() != lines->data.size())
    return fail(ErrorCode::bad_input, "labels and lines differ in size", {},
                {.file = sequence.path("flat", number)});
  Frame frame;
  frame.lines = std::move(*lines);
  frame.grey = grey_of(frame.lines);
  Mask line(frame.grey.width, frame.grey.height);
  frame.painted = Raster(frame.grey.width, frame.grey.height);
  for (std::size_t i = 0; i < line.data.size(); ++i) {
    // Colour runs on below the lines of `flat`: only paper is painted.
    line.data[i] = frame.grey.data[i] <= 127;
    const Label* label = labels->data[i] == 0 ? nullptr : sequence.find(labels->data[i]);
    frame.painted.data[i] = line.data[i] ? Rgba8{0, 0, 0, 255} : label != nullptr ? label->colour : kClear;
  }
  frame.regions = regions_outside(line);
  return frame;
}

// Colours of the references where the target's pixels lie in them, a layer per reference; the target's
// regions then take the colour of most. Several references vote with equal weight.
Raster voted(const Frame& target, const std::vector<const Frame*>& references, Painter painter) {
  std::vector<std::map<std::uint32_t, int>> votes(target.regions.components.size());
  const int width = target.grey.width, height = target.grey.height;
  for (const Frame* reference : references) {
    const FlowField flow = painter == Painter::flow_vote
                               ? line_flow(target.grey, reference->grey)
                               : FlowField{Grid<float>(width, height), Grid<float>(width, height)};
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) {
        const int label = target.regions.label(x, y);
        const int u = x + static_cast<int>(std::lround(flow.u(x, y))),
                  v = y + static_cast<int>(std::lround(flow.v(x, y)));
        if (label == 0 || !reference->regions.label.contains(u, v) || reference->regions.label(u, v) == 0)
          continue;
        const Rgba8 c = reference->painted(u, v);
        const std::uint32_t key = c.a == 0 ? 0
                                           : 0xff000000U | static_cast<std::uint32_t>(c.r) << 16 |
                                                 static_cast<std::uint32_t>(c.g) << 8 | c.b;
        ++votes[static_cast<std::size_t>(label - 1)][key];
      }
  }
  std::vector<Rgba8> colours;
  for (const auto& vote : votes) {
    const auto best = std::max_element(vote.begin(), vote.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    const std::uint32_t key = best == vote.end() ? 0 : best->first;
    colours.push_back(key == 0
                          ? kClear
                          : Rgba8{static_cast<std::uint8_t>(key >> 16), static_cast<std::uint8_t>(key >> 8),
                                  static_cast<std::uint8_t>(key), 255});
  }
  Raster result(width, height);
  for (std::size_t i = 0; i < result.data.size(); ++i)
    if (const int label = target.regions.label.data[i]; label > 0)
      result.data[i] = colours[static_cast<std::size_t>(label - 1)];
  return result;
}

// The painted drawings just before and just after in time: what a baseline may look at.
std::vector<const Frame*> nearest_references(const std::map<int, Frame>& frames, const PaintTask& task,
                                             int target) {
  std::optional<int> before, after;
  for (const int painted : task.painted) {
    if (painted < target) before = painted;
    if (painted > target && !after) after = painted;
  }
  std::vector<const Frame*> found;
  if (before) found.push_back(&frames.at(*before));
  if (after) found.push_back(&frames.at(*after));
  return found;
}

bool given(const PaintTask& task, int frame) {
  return std::find(task.painted.begin(), task.painted.end(), frame) != task.painted.end();
}

#ifdef NAKAWARI_BENCH_PAINT

// The model of a sequence: a style per label but the ground.
ColourModel model_of(const Sequence& sequence) {
  ColourModel model;
  model.name = sequence.name;
  model.variants = {"day"};
  for (const Label& label : sequence.labels) {
    if (label.id <= 0 || model.find(label.colour, "day") != nullptr) continue;
    Style style;
    style.id = label.id;
    style.name = style.part = label.name;
    style.colours["day"] = label.colour;
    model.styles.push_back(std::move(style));
  }
  return model;
}

Result<std::vector<PaintScore>> paint_ours(const Sequence& sequence, const std::map<int, Frame>& frames,
                                           const PaintTask& task) {
  PaintJob job;
  for (const int number : task.frames) {
    const Frame& frame = frames.at(number);
    PaintDrawing drawing;
    drawing.name = std::to_string(number);
    drawing.time = number;
    drawing.source = frame.lines;
    drawing.lines = classify_lines(frame.lines);
    if (given(task, number)) drawing.painted = frame.painted;
    job.drawings.push_back(std::move(drawing));
  }
  if (task.painted.empty()) {
    job.model = model_of(sequence);
    job.variant = "day";
  }
  const auto result = paint(job, {.threads = {1}});
  if (!result) return Failure(result.error());

  std::vector<PaintScore> scores;
  for (std::size_t i = 0; i < task.frames.size(); ++i) {
    if (given(task, task.frames[i])) continue;
    const Frame& truth = frames.at(task.frames[i]);
    const PaintedDrawing& made = result->drawings[i];
    // The best style also where the painter asks; what it asked stands in a mask of its own.
    Raster guess = made.painted;
    Mask asked(guess.width, guess.height);
    for (std::size_t p = 0; p < guess.data.size(); ++p)
      if (const int label = made.region.data[p]; label > 0) {
        const PaintedRegion& region = made.regions[static_cast<std::size_t>(label - 1)];
        if (region.asked)
          guess.data[p] =
              region.style == kUnknownStyle ? kCheckColour : result->model.colour(region.style, job.variant);
        asked.data[p] = region.asked;
      }
    scores.push_back(score_paint(truth.regions, truth.painted, guess, asked));
  }
  return scores;
}

#else

Result<std::vector<PaintScore>> paint_ours(const Sequence&, const std::map<int, Frame>&, const PaintTask&) {
  return fail(ErrorCode::missing_tool, "built without the painter");
}

#endif

Result<std::vector<PaintScore>> paint_task(const Sequence& sequence, const std::map<int, Frame>& frames,
                                           const PaintTask& task, Painter painter) {
  if (painter == Painter::ours) return paint_ours(sequence, frames, task);
  std::vector<PaintScore> scores;
  for (const int number : task.frames)
    if (!given(task, number)) {
      const Frame& target = frames.at(number);
      scores.push_back(score_paint(target.regions, target.painted,
                                   voted(target, nearest_references(frames, task, number), painter)));
    }
  return scores;
}

}  // namespace

bool painter_is_built() {
#ifdef NAKAWARI_BENCH_PAINT
  return true;
#else
  return false;
#endif
}

std::vector<PaintTask> tasks_of(int frames, Protocol protocol, int stride) {
  std::vector<PaintTask> tasks;
  std::vector<int> all;
  for (int i = 0; i < frames; ++i) all.push_back(i);
  const auto window = [&](int start, int count) {
    return std::vector<int>(all.begin() + start, all.begin() + start + count);
  };
  switch (protocol) {
    case Protocol::p1:
      for (int i = 0; i + 1 < frames; i += stride) tasks.push_back({{i, i + 1}, {i}});
      break;
    case Protocol::p1b:
      for (int i = 0; i + 2 < frames; i += stride) tasks.push_back({{i, i + 1, i + 2}, {i, i + 2}});
      break;
    case Protocol::p2:
    case Protocol::p3:
      for (int i = 0; i + kWindow <= frames; i += (kWindow - 1) * stride) {
        tasks.push_back({window(i, kWindow), {i}});
        if (protocol == Protocol::p3) tasks.back().painted.push_back(i + kWindow - 1);
      }
      break;
    case Protocol::p2_whole:
      if (frames > 1) tasks.push_back({all, {0}});
      break;
    case Protocol::p3_whole:
      if (frames > 2) tasks.push_back({all, {0, frames - 1}});
      break;
    case Protocol::p4:
      for (int i = 0; i + kWindow <= frames; i += (kWindow - 1) * stride)
        tasks.push_back({window(i, kWindow), {}});
      break;
  }
  return tasks;
}

Result<std::vector<PaintOutcome>> run_paint_table(const Sequence& sequence,
                                                  const PaintTableOptions& options) {
  std::vector<PaintOutcome> outcomes;
  if (!sequence.has_flat || sequence.labels.empty()) return outcomes;
  struct Work {
    PaintTask task;
    Protocol protocol;
    Painter painter;
  };
  std::vector<Work> work;
  std::map<int, Frame> frames;
  for (const Protocol protocol : options.protocols)
    for (const PaintTask& task : tasks_of(sequence.count(), protocol, options.stride)) {
      for (const int number : task.frames) frames[number];
      for (const Painter painter : options.painters)
        // Without a painted drawing a baseline has nothing to look at.
        if (painter == Painter::ours || !task.painted.empty()) work.push_back({task, protocol, painter});
    }
  for (auto& [number, frame] : frames) {
    auto read = read_frame(sequence, number, options.source);
    if (!read) return Failure(read.error());
    frame = std::move(*read);
  }
  std::vector<std::vector<PaintScore>> scores(work.size());
  std::vector<std::optional<Error>> errors(work.size());
  parallel_for(options.threads, work.size(), [&](std::size_t i) {
    auto made = paint_task(sequence, frames, work[i].task, work[i].painter);
    if (made)
      scores[i] = std::move(*made);
    else
      errors[i] = made.error();
  });
  for (std::size_t i = 0; i < work.size(); ++i) {
    if (errors[i]) return Failure(*errors[i]);
    std::size_t next = 0;
    for (const int number : work[i].task.frames)
      if (!given(work[i].task, number))
        outcomes.push_back({sequence.name, number, work[i].protocol, work[i].painter, scores[i][next++]});
  }
  return outcomes;
}

}  // namespace nakawari::bench
