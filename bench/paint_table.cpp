#include "bench/paint_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "bench/peers.h"
#ifdef NAKAWARI_BENCH_PAINT
#include "bench/paint_clicks.h"
#include "image/line_image.h"
#include "paint/painter.h"
#endif

namespace nakawari::bench {
namespace {

constexpr int kWindow = 9;

// Colours of the references where the target's pixels lie in them, a layer per reference; the target's
// regions then take the colour of most. Several references vote with equal weight.
Raster voted(const PaintFrame& target, const std::vector<const PaintFrame*>& references, Painter painter) {
  std::vector<std::map<std::uint32_t, int>> votes(target.regions.components.size());
  const int width = target.grey.width, height = target.grey.height;
  for (const PaintFrame* reference : references) {
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
std::vector<const PaintFrame*> nearest_references(const std::map<int, PaintFrame>& frames,
                                                  const PaintTask& task, int target) {
  std::optional<int> before, after;
  for (const int painted : task.painted) {
    if (painted < target) before = painted;
    if (painted > target && !after) after = painted;
  }
  std::vector<const PaintFrame*> found;
  if (before) found.push_back(&frames.at(*before));
  if (after) found.push_back(&frames.at(*after));
  return found;
}

struct Work {
  PaintTask task;
  Protocol protocol;
  Painter painter;
};

// What a task gives beside the scores: pictures of ours.
struct Made {
  std::vector<PaintScore> scores;
  std::vector<std::vector<Raster>> pictures;
};

Tones tones_of(Protocol protocol) {
  return protocol == Protocol::shadows ? Tones::shadows : Tones::flat;
}

bool given(const PaintTask& task, int frame) {
  return std::find(task.painted.begin(), task.painted.end(), frame) != task.painted.end();
}

#ifdef NAKAWARI_BENCH_PAINT

// The model of a sequence: a style per label but the ground, and with shadows one for its shade.
ColourModel model_of(const Sequence& sequence, Tones tones) {
  ColourModel model;
  model.name = sequence.name;
  model.variants = {"day"};
  const auto add = [&](int id, const Label& label, Rgba8 colour, StyleRole role) {
    if (model.find(colour, "day") != nullptr) return;
    Style style;
    style.id = id;
    style.name = label.name + (role == StyleRole::shadow ? " shadow" : "");
    style.part = label.name;
    style.role = role;
    style.colours["day"] = colour;
    model.styles.push_back(std::move(style));
  };
  for (const Label& label : sequence.labels)
    if (label.id > 0) add(label.id, label, label.colour, StyleRole::normal);
  if (tones == Tones::shadows)
    for (const Label& label : sequence.labels)
      if (label.id > 0)
        add(label.id + static_cast<int>(sequence.labels.size()), label, label.shade, StyleRole::shadow);
  return model;
}

// Truth, our best guess, and where it is wrong (red), asked (yellow) or right (grey).
std::vector<Raster> pictures_of(const PaintFrame& truth, const Raster& guess, const Mask& asked) {
  Raster verdict(guess.width, guess.height, kPaper);
  const auto right = majority_colours(truth.regions, truth.painted),
             made = majority_colours(truth.regions, guess);
  for (std::size_t i = 0; i < verdict.data.size(); ++i) {
    const int label = truth.regions.label.data[i];
    if (label == 0) {
      verdict.data[i] = {0, 0, 0, 255};
      continue;
    }
    const auto r = static_cast<std::size_t>(label - 1);
    const bool unsure = asked.data[i] != 0;
    if (right[r] != made[r])
      verdict.data[i] = unsure ? Rgba8{250, 160, 160, 255} : Rgba8{220, 0, 0, 255};
    else if (right[r].a != 0)
      verdict.data[i] = unsure ? Rgba8{250, 230, 120, 255} : Rgba8{215, 220, 225, 255};
  }
  return {truth.painted, guess, std::move(verdict)};
}

PaintDrawing drawing_of(const PaintFrame& frame, int number) {
  PaintDrawing drawing;
  drawing.name = std::to_string(number);
  drawing.time = number;
  drawing.source = frame.lines;
  drawing.lines = classify_lines(frame.lines);
  return drawing;
}

// guess: our best style everywhere.
std::vector<JudgedRegion> judged_regions(const PaintedDrawing& made, const Raster& guess, const Raster& truth,
                                         const std::vector<StyleEvidence>& evidence) {
  Components regions{made.region, {}};
  for (const PaintedRegion& region : made.regions)
    regions.components.push_back({.area = static_cast<int>(region.area)});
  const std::vector<Rgba8> ours = majority_colours(regions, guess), right = majority_colours(regions, truth);
  std::vector<JudgedRegion> judged;
  for (std::size_t r = 0; r < made.regions.size(); ++r)
    if (made.regions[r].area > kTinyRegion) {
      const auto weighed = signs(evidence[r]);
      judged.push_back({made.regions[r].confidence, ours[r] == right[r], {weighed.begin(), weighed.end()}});
    }
  return judged;
}

/// Names what is matched: these lines, and the part of the page that holds them.
std::string lines_of(const Sequence& sequence, const Work& work, const PaintTableOptions& options) {
  const PaintTask& task = work.task;
  return fmt::format("{}-{}-{}-{}{}{}{}", sequence.name, task.frames.front(), task.frames.back(),
                     options.source == LineSource::bin ? "bin" : "line",
                     options.regions == RegionSource::given ? "-given" : "",
                     tones_of(work.protocol) == Tones::shadows ? "-shadows" : "",
                     work.protocol == Protocol::p4 ? "-sheet" : "");
}

Result<Made> paint_ours(const Sequence& sequence, const std::map<int, PaintFrame>& frames,
                        const PaintFrame* sheet, const Work& work, const PaintTableOptions& options) {
  const PaintTask& task = work.task;
  PaintJob job;
  for (const int number : task.frames) {
    job.drawings.push_back(drawing_of(frames.at(number), number));
    if (given(task, number)) job.drawings.back().painted = frames.at(number).painted;
  }
  if (task.painted.empty() || work.protocol == Protocol::shadows) {
    job.model = model_of(sequence, tones_of(work.protocol));
    job.variant = "day";
  }
  const bool sheet_given = work.protocol == Protocol::p4 && sheet != nullptr;
  if (sheet_given) {
    job.drawings.push_back(drawing_of(*sheet, -1));
    job.drawings.back().painted = sheet->painted;
    job.drawings.back().sheet = true;
  }
  const std::string lines = lines_of(sequence, work, options);
  if (options.memory != nullptr) job.remembered = options.memory->known(lines);
  auto painter = nakawari::Painter::of(std::move(job), {.threads = {1}});
  if (!painter) return Failure(painter.error());
  if (options.memory != nullptr)
    if (auto kept = options.memory->keep(lines, painter->matched()); !kept) return Failure(kept.error());
  if (auto solved = painter->solve({}); !solved) return Failure(solved.error());

  Made all;
  for (std::size_t i = 0; i < task.frames.size(); ++i) {
    if (given(task, task.frames[i])) continue;
    const PaintFrame& truth = frames.at(task.frames[i]);
    const PaintedDrawing made = painter->drawing(i);
    // What it asked stands in a mask of its own.
    const Raster guess = best_guess(*painter, made);
    Mask asked(guess.width, guess.height);
    for (std::size_t p = 0; p < asked.data.size(); ++p)
      if (const int label = made.region.data[p]; label > 0)
        asked.data[p] = made.regions[static_cast<std::size_t>(label - 1)].asked;
    all.scores.push_back(score_paint(truth.regions, truth.painted, guess, asked));
    all.scores.back().impure = impure_share(made.region, truth.painted);
    all.scores.back().judged = judged_regions(made, guess, truth.painted, painter->evidence(i));
    if (!truth.trace.empty()) score_trace(truth.trace, truth.painted, guess, all.scores.back());
    all.pictures.emplace_back();
    if (options.worst > 0) all.pictures.back() = pictures_of(truth, guess, asked);
  }
  if (options.clicks) {
    std::vector<const PaintFrame*> truth;
    for (const int number : task.frames) truth.push_back(given(task, number) ? nullptr : &frames.at(number));
    if (sheet_given) truth.push_back(nullptr);
    const auto clicks = clicks_until_right(*painter, truth);
    if (!clicks) return Failure(clicks.error());
    auto score = all.scores.begin();
    for (const int count : *clicks)
      if (count >= 0) (score++)->clicks = count;
  }
  return all;
}

#else

Result<Made> paint_ours(const Sequence&, const std::map<int, PaintFrame>&, const PaintFrame*, const Work&,
                        const PaintTableOptions&) {
  return fail(ErrorCode::missing_tool, "built without the painter");
}

#endif

Made paint_peer(const std::map<int, PaintFrame>& frames, const Work& work) {
  Made made;
  for (const int number : work.task.frames)
    if (!given(work.task, number)) {
      const PaintFrame& target = frames.at(number);
      const Raster ours = voted(target, nearest_references(frames, work.task, number), work.painter);
      made.scores.push_back(score_paint(target.regions, target.painted, ours));
      made.scores.back().impure = impure_share(target.regions.label, target.painted);
      if (!target.trace.empty()) score_trace(target.trace, target.painted, ours, made.scores.back());
    }
  made.pictures.resize(made.scores.size());
  return made;
}

// The worst of ours keep their pictures: each is some megabytes.
void drop_pictures(std::vector<PaintOutcome>& outcomes, std::size_t keep) {
  std::vector<PaintOutcome*> order;
  for (PaintOutcome& o : outcomes)
    if (!o.pictures.empty()) order.push_back(&o);
  std::stable_sort(order.begin(), order.end(), [](const PaintOutcome* a, const PaintOutcome* b) {
    return a->score.acc_thres < b->score.acc_thres;
  });
  for (std::size_t i = keep; i < order.size(); ++i) order[i]->pictures.clear();
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
    case Protocol::shadows:
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
    case Protocol::p4_words:
      for (int i = 0; i + kWindow <= frames; i += (kWindow - 1) * stride)
        tasks.push_back({window(i, kWindow), {}});
      break;
  }
  return tasks;
}

const Sequence* sheet_for(const Sequence& sequence, const std::vector<Sequence>& all) {
  const auto kind = [](const std::string& name) {
    return std::pair(name.substr(0, name.find('_')), name.substr(name.rfind('_') + 1));
  };
  std::vector<const Sequence*> alike;
  for (const Sequence& other : all)
    if (kind(other.name) == kind(sequence.name)) alike.push_back(&other);
  for (std::size_t i = 0; i < alike.size() && alike.size() > 1; ++i)
    if (alike[i]->name == sequence.name) return alike[(i + 1) % alike.size()];
  return nullptr;
}

Result<std::vector<PaintOutcome>> run_paint_table(const Sequence& sequence, const Sequence* sheet,
                                                  const PaintTableOptions& options) {
  std::vector<PaintOutcome> outcomes;
  if (!sequence.has_flat || sequence.labels.empty()) return outcomes;
  std::vector<Work> work;
  std::map<Tones, std::map<int, PaintFrame>> frames;
  for (const Protocol protocol : options.protocols) {
    const Tones tones = tones_of(protocol);
    if (tones == Tones::shadows && !sequence.has_shade) continue;
    for (const PaintTask& task : tasks_of(sequence.count(), protocol, options.stride)) {
      for (const int number : task.frames) frames[tones][number];
      for (const Painter painter : options.painters)
        // Without a painted drawing a baseline has nothing to look at.
        if (painter == Painter::ours || !task.painted.empty()) work.push_back({task, protocol, painter});
    }
  }
  for (auto& [tones, numbered] : frames)
    for (auto& [number, frame] : numbered) {
      auto read = read_paint_frame(sequence, number, options.source, options.regions, tones);
      if (!read) return Failure(read.error());
      frame = std::move(*read);
    }
  std::optional<PaintFrame> picture;
  if (sheet != nullptr) {
    auto read = read_paint_frame(*sheet, 0, options.source, options.regions, Tones::flat);
    if (!read) return Failure(read.error());
    picture = std::move(*read);
  }
  std::vector<Made> made(work.size());
  std::vector<std::optional<Error>> errors(work.size());
  parallel_for(options.threads, work.size(), [&](std::size_t i) {
    const auto& numbered = frames.at(tones_of(work[i].protocol));
    auto done = work[i].painter == Painter::ours
                    ? paint_ours(sequence, numbered, picture ? &*picture : nullptr, work[i], options)
                    : Result<Made>(paint_peer(numbered, work[i]));
    if (done)
      made[i] = std::move(*done);
    else
      errors[i] = done.error();
  });
  for (std::size_t i = 0; i < work.size(); ++i) {
    if (errors[i]) return Failure(*errors[i]);
    std::size_t next = 0;
    for (const int number : work[i].task.frames) {
      if (given(work[i].task, number)) continue;
      outcomes.push_back({sequence.name, number, work[i].protocol, work[i].painter, made[i].scores[next],
                          std::move(made[i].pictures[next])});
      ++next;
    }
  }
  drop_pictures(outcomes, options.worst);
  return outcomes;
}

}  // namespace nakawari::bench
