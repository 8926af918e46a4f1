// nakawari_match_bench: where matching loses. Per gap and method: how far surface points near lines end up
// from where they really are, and, with --draw, what an in-between made from that correspondence scores.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <ctime>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <opencv2/core/utility.hpp>

#include "base/parallel.h"
#include "bench/match_picture.h"
#include "bench/match_truth.h"
#include "bench/metrics.h"
#include "bench/peers.h"
#include "bench/sequence.h"
#include "drawing/render.h"
#include "image/picture_file.h"
#include "inbetween/inbetween.h"
#include "trace/trace.h"

namespace {

using namespace nakawari;
using namespace nakawari::bench;

struct Arguments {
  std::string data = "../shared/data", set = "tune", pictures;
  std::vector<int> gaps = {1, 5, 9};
  std::vector<std::string> sequences, methods = {"ours", "flow", "hold"};
  int stride = 8, limit = 0, threads = 1;
  double enlarge = 1;
  bool draw = false, per_pair = false, growth = false;
};

/// One method on one pair.
struct Row {
  std::string sequence, method;
  int gap = 0, first = 0;
  std::vector<TrackMiss> misses;
  double coverage = 0, milliseconds = 0, wall = 0;
  Score score;
};

struct Key {
  Raster picture;
  Grey grey;
  std::optional<Drawing> drawing;
};

double cpu_milliseconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

double wall_milliseconds() {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

/// The same drawing on a page that is so many times larger.
Drawing enlarged(Drawing drawing, double by) {
  drawing.width = static_cast<int>(drawing.width * by);
  drawing.height = static_cast<int>(drawing.height * by);
  for (Node& node : drawing.nodes) node.position = node.position * by;
  for (Stroke& stroke : drawing.strokes) {
    for (Vec2& p : stroke.points) p = p * by;
    for (float& w : stroke.widths) w = static_cast<float>(w * by);
  }
  return drawing;
}

/// `strokes` short bent lines in rows over a page of 1920 x 1080, each turned and bent a little otherwise.
Drawing rows_of_lines(int strokes, double shift) {
  Drawing drawing;
  drawing.width = 1920;
  drawing.height = 1080;
  const int columns = std::max(1, static_cast<int>(std::sqrt(strokes * 1920.0 / 1080)));
  const double cell = 1800.0 / columns;
  for (int k = 0; k < strokes; ++k) {
    const Vec2 middle{60 + (k % columns + 0.5) * cell + shift, 40 + (k / columns + 0.5) * cell + 0.5 * shift};
    const double turn = 2.4 * k, bend = 0.2 + 0.01 * (k % 37);
    Stroke stroke;
    for (int i = 0; i <= 20; ++i) {
      const double u = i / 20.0 - 0.5;
      stroke.points.push_back(middle + rotated({0.8 * cell * u, bend * cell * (u * u)}, turn));
      stroke.widths.push_back(3);
    }
    stroke.start = static_cast<NodeId>(drawing.nodes.size());
    stroke.end = stroke.start + 1;
    drawing.nodes.push_back({stroke.points.front(), {}});
    drawing.nodes.push_back({stroke.points.back(), {}});
    drawing.strokes.push_back(std::move(stroke));
  }
  link_nodes(drawing);
  return drawing;
}

/// Time against strokes, and what a fix costs.
/// Wall and processor time of what `work` does, in ms.
template <typename Work>
std::array<double, 2> times_of(Work work) {
  const double wall = wall_milliseconds(), cpu = cpu_milliseconds();
  work();
  return {wall_milliseconds() - wall, cpu_milliseconds() - cpu};
}

/// Every stage of an in-between against the number of strokes, at 1920 x 1080; wall/processor ms.
void print_growth(int threads) {
  fmt::print("{:>8} {:>8} {:>8} {:>12} {:>12} {:>12} {:>12} {:>12}\n", "strokes", "samples", "paired%",
             "trace", "match", "set up", "draw", "fix");
  for (const int strokes : {125, 250, 500, 1000, 2000}) {
    const Drawing a = rows_of_lines(strokes, 0), b = rows_of_lines(strokes, 9);
    const LineImage lines = render_lines(a);
    const auto traced = times_of([&] { (void)trace(lines); });
    std::optional<Result<Correspondence>> found;
    const auto matched = times_of([&] { found = match(a, b, {}, {.threads = {threads}}); });
    if (!found->has_value()) continue;
    std::optional<Inbetweener> pair;
    const auto prepared = times_of([&] { pair.emplace(a, b, **found); });
    const auto drawn = times_of([&] { (void)render_lines(pair->at(0.5)->drawing); });
    MatchFixes fixes;
    const Vec2 place = a.strokes[static_cast<std::size_t>(strokes) / 2].points[10];
    fixes.guides.push_back({"g", place, place + Vec2{9, 4.5}});
    const auto fixed = times_of([&] { (void)rematch(a, b, **found, fixes); });
    fmt::print("{:8} {:8} {:8.1f}", strokes, (*found)->a_to_b.size(), 100 * (*found)->coverage_a);
    for (const auto& [wall, cpu] : {traced, matched, prepared, drawn, fixed})
      fmt::print(" {:5.0f}/{:<6.0f}", wall, cpu);
    fmt::print("\n");
  }
}

Vec2 carried(const FlowField& flow, Vec2 p) {
  const int x = std::clamp(static_cast<int>(p.x), 0, flow.u.width - 1);
  const int y = std::clamp(static_cast<int>(p.y), 0, flow.u.height - 1);
  return p + Vec2{flow.u(x, y), flow.v(x, y)};
}

std::optional<Correspondence> correspondence(const std::string& method, const Sequence& sequence, int first,
                                             int last, const Key& a, const Key& b, int threads,
                                             double enlarge) {
  if (method == "truth") {
    if (sequence.tracks.empty()) return std::nullopt;
    return true_correspondence(sequence, first, last, *a.drawing, *b.drawing);
  }
  if (method == "hold") {
    const auto stay = [](Vec2 p) { return p; };
    return correspondence_of(*a.drawing, *b.drawing, stay, stay);
  }
  if (method == "flow") {
    const FlowField out = line_flow(a.grey, b.grey), back = line_flow(b.grey, a.grey);
    return correspondence_of(
        *a.drawing, *b.drawing, [&](Vec2 p) { return carried(out, p); },
        [&](Vec2 p) { return carried(back, p); });
  }
  auto found = enlarge == 1 ? match(*a.drawing, *b.drawing, {}, {.threads = {threads}})
                            : match(enlarged(*a.drawing, enlarge), enlarged(*b.drawing, enlarge), {},
                                    {.threads = {threads}});
  if (!found) return std::nullopt;
  return std::move(*found);
}

struct Shares {
  int count = 0;
  double in2 = 0, in5 = 0, in10 = 0, mean = 0, median = 0;
};

Shares shares(const std::vector<double>& errors) {
  Shares s;
  s.count = static_cast<int>(errors.size());
  if (errors.empty()) return s;
  for (const double e : errors) {
    s.in2 += e <= 2;
    s.in5 += e <= 5;
    s.in10 += e <= 10;
    s.mean += std::min(e, 100.0);
  }
  const double n = s.count;
  s.in2 /= n;
  s.in5 /= n;
  s.in10 /= n;
  s.mean /= n;
  std::vector<double> sorted = errors;
  std::nth_element(sorted.begin(), sorted.begin() + s.count / 2, sorted.end());
  s.median = sorted[s.count / 2];
  return s;
}

void print_rows(const std::string& title, const std::vector<const Row*>& rows, bool draw) {
  std::vector<double> errors;
  double coverage = 0, time = 0, wall = 0, f1 = 0, survival = 0;
  for (const Row* row : rows) {
    for (const TrackMiss& miss : row->misses) errors.push_back(miss.error);
    coverage += row->coverage;
    time += row->milliseconds;
    wall += row->wall;
    f1 += row->score.f1;
    survival += row->score.survival;
  }
  const Shares s = shares(errors);
  const double n = static_cast<double>(rows.size());
  fmt::print("{:32} {:5} {:6.1f} {:6.1f} {:6.1f} {:7.1f} {:7.1f} {:7.1f} {:7.0f} {:7.0f}", title, rows.size(),
             100 * s.in2, 100 * s.in5, 100 * s.in10, s.median, s.mean, 100 * coverage / n, time / n,
             wall / n);
  if (draw) fmt::print(" {:6.3f} {:6.1f}", f1 / n, 100 * survival / n);
  fmt::print("\n");
}

void print_calibration(const std::vector<Row>& rows) {
  fmt::print("\nconfidence of ours: share of points within 3 px\n");
  for (int bin = 0; bin < 10; ++bin) {
    int count = 0, good = 0;
    double sum = 0;
    for (const Row& row : rows)
      for (const TrackMiss& miss : row.misses) {
        if (row.method != "ours" || std::min(9, static_cast<int>(miss.confidence * 10)) != bin) continue;
        ++count;
        good += miss.error <= 3;
        sum += miss.confidence;
      }
    if (count > 0)
      fmt::print("  {:.1f}-{:.1f} {:6} points  mean {:.2f}  right {:.2f}\n", bin * 0.1, bin * 0.1 + 0.1,
                 count, sum / count, static_cast<double>(good) / count);
  }
}

int run(const Arguments& arguments) {
  auto sequences = find_sequences(arguments.data);
  if (!sequences) {
    fmt::print(stderr, "nakawari_match_bench: {}\n", sequences.error().one_line());
    return 2;
  }
  std::vector<Row> rows;
  for (const Sequence& sequence : *sequences) {
    const auto& names = arguments.sequences;
    if (!names.empty() && std::find(names.begin(), names.end(), sequence.name) == names.end()) continue;
    if (names.empty() && arguments.set != "all" && (arguments.set == "held") != held_out(sequence.name))
      continue;
    std::map<int, Key> keys;
    const auto key = [&](int frame) -> const Key& {
      Key& k = keys[frame];
      if (k.drawing) return k;
      if (auto picture = read_lines(sequence, frame, LineSource::line)) k.picture = std::move(*picture);
      k.grey = grey_of(k.picture);
      if (auto drawing = trace(classify_lines(k.picture))) k.drawing = std::move(*drawing);
      return k;
    };
    for (const int gap : arguments.gaps) {
      int taken = 0;
      for (int i = 0; i + gap + 1 < sequence.count(); i += arguments.stride) {
        if (arguments.limit > 0 && taken++ >= arguments.limit) break;
        const int last = i + gap + 1, middle = i + (gap + 1) / 2;
        const Key &a = key(i), &b = key(last);
        if (!a.drawing || !b.drawing) continue;
        std::optional<Measured> truth;
        if (arguments.draw)
          if (auto picture = read_lines(sequence, middle, LineSource::line)) truth = measured(*picture);
        for (const std::string& method : arguments.methods) {
          Row row{
              .sequence = sequence.name, .method = method, .gap = gap, .first = i, .misses = {}, .score = {}};
          const double start = cpu_milliseconds(), since = wall_milliseconds();
          auto found = correspondence(method, sequence, i, last, a, b, arguments.threads, arguments.enlarge);
          if (!found) continue;
          row.milliseconds = cpu_milliseconds() - start;
          row.wall = wall_milliseconds() - since;
          row.misses = track_misses(sequence, i, last, found->a_to_b);
          row.coverage = 0.5 * (found->coverage_a + found->coverage_b);
          if (!arguments.pictures.empty()) {
            const std::string path =
                fmt::format("{}/{}_g{}_{:04}_{}.png", arguments.pictures, sequence.name, gap, i, method);
            if (const auto written = write_picture(path, match_picture(a.picture, b.picture, *found));
                !written)
              fmt::print(stderr, "{}\n", written.error().one_line());
          }
          if (truth) {
            const Inbetweener keys_of(*a.drawing, *b.drawing, std::move(*found));
            if (auto drawn = keys_of.at(own_t(sequence, i, middle, last)))
              row.score = compare(*truth, measured(to_raster(render_lines(drawn->drawing))));
          }
          rows.push_back(std::move(row));
        }
      }
    }
  }

  fmt::print("{:32} {:>5} {:>6} {:>6} {:>6} {:>7} {:>7} {:>7} {:>7} {:>7}{}\n", "", "pairs", "<=2px", "<=5px",
             "<=10px", "median", "mean", "paired%", "cpu ms", "wall ms",
             arguments.draw ? "     F1 regions" : "");
  const auto select = [&](const std::string& method, int gap, const std::string& sequence) {
    std::vector<const Row*> chosen;
    for (const Row& row : rows)
      if (row.method == method && row.gap == gap && (sequence.empty() || row.sequence == sequence))
        chosen.push_back(&row);
    return chosen;
  };
  for (const int gap : arguments.gaps)
    for (const std::string& method : arguments.methods)
      if (const auto chosen = select(method, gap, ""); !chosen.empty())
        print_rows(fmt::format("gap {} {}", gap, method), chosen, arguments.draw);
  fmt::print("\n");
  for (const Sequence& sequence : *sequences)
    for (const int gap : arguments.gaps)
      for (const std::string& method : arguments.methods)
        if (const auto chosen = select(method, gap, sequence.name); !chosen.empty())
          print_rows(fmt::format("{} {} {}", sequence.name, gap, method), chosen, arguments.draw);
  if (arguments.per_pair) {
    fmt::print("\n");
    for (const Row& row : rows)
      print_rows(fmt::format("{} {} g{} {}", row.sequence, row.first, row.gap, row.method), {&row},
                 arguments.draw);
  }
  print_calibration(rows);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Measures matching against surface points of known motion."};
  Arguments a;
  app.add_option("--data", a.data, "folder of sequences (see README.md)")->capture_default_str();
  app.add_option("--gaps", a.gaps, "drawings left out between two keys")->delimiter(',');
  app.add_option("--sequences", a.sequences, "only these, by name")->delimiter(',');
  app.add_option("--set", a.set, "sequences for tuning, held out, or all")
      ->check(CLI::IsMember({"tune", "held", "all"}));
  app.add_option("--methods", a.methods, "ours, truth, flow, hold")
      ->delimiter(',')
      ->check(CLI::IsMember({"ours", "truth", "flow", "hold"}));
  app.add_option("--stride", a.stride, "every n-th pair of keys")->check(CLI::PositiveNumber);
  app.add_option("--limit", a.limit, "pairs per sequence and gap")->check(CLI::NonNegativeNumber);
  app.add_option("--threads", a.threads, "of one match; 0: all cores");
  app.add_option("--pictures", a.pictures, "write every pair as a picture into this folder");
  app.add_option("--enlarge", a.enlarge,
                 "match on a page so many times larger; for times only, errors mean nothing")
      ->check(CLI::Range(0.25, 8.0));
  app.add_flag("--growth", a.growth, "time of every stage against strokes on made-up drawings, nothing else");
  app.add_flag("--draw", a.draw, "also draw the in-between and compare it");
  app.add_flag("--pairs", a.per_pair, "a line per pair");
  CLI11_PARSE(app, argc, argv);
  cv::setNumThreads(1);
  if (a.growth) {
    print_growth(a.threads);
    return 0;
  }
  return run(a);
}
