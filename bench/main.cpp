// nakawari_bench: measures the project's stages and peers over folders with ground truth. See README.md.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <map>
#include <opencv2/core/utility.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "bench/between_table.h"
#include "bench/confidence_fit.h"
#include "bench/corrections.h"
#include "bench/examples.h"
#include "bench/gap_table.h"
#include "bench/made_table.h"
#include "bench/paint_table.h"
#include "bench/paint_times.h"
#include "bench/sheet.h"
#include "bench/summary.h"
#include "bench/trace_table.h"
#include "image/picture_file.h"

namespace {

using namespace nakawari;
using namespace nakawari::bench;

constexpr std::size_t kWorst = 20;

struct Arguments {
  std::string data = "../shared/data";
  std::vector<int> gaps = {1, 5, 9};
  std::vector<std::string> sequences, methods, protocols;
  std::string set = "all", line, json, sheet, dump, examples, features, remember;
  int stride = 1, limit = 0, threads = 0;
  std::string tables = "all";
  bool given = false, fit = false, clicks = false, every_t = false, timing = false, placed = false,
       jitter = false;
  int corrections = 0;
};

int complain(const Error& error) {
  fmt::print(stderr, "nakawari_bench: {}\n", error.one_line());
  return error.code == ErrorCode::wrong_use ? 1 : 2;
}

bool chosen(const Arguments& arguments, const Sequence& sequence) {
  const auto& names = arguments.sequences;
  if (!names.empty() && std::find(names.begin(), names.end(), sequence.name) == names.end()) return false;
  return arguments.set == "all" || (arguments.set == "held") == held_out(sequence.name);
}

TableOptions table_options(const Arguments& arguments) {
  TableOptions options;
  options.gaps = arguments.gaps;
  options.stride = arguments.stride;
  options.limit = arguments.limit;
  options.source = arguments.line == "bin" ? LineSource::bin : LineSource::line;
  options.every_t = arguments.every_t;
  options.placed = arguments.placed;
  // Times are of one pair at a time on an otherwise idle program.
  options.threads.count = arguments.timing ? 1 : arguments.threads;
  for (const Method method : kMethods) {
    const auto& names = arguments.methods;
    const bool asked = std::find(names.begin(), names.end(), word(method)) != names.end();
    if (names.empty() ? ours_is_built() || method > Method::truth : asked) options.methods.push_back(method);
  }
  return options;
}

struct Pictures {
  Raster a, truth, b;
  OurDrawing ours;
};

Result<Pictures> pictures_of(const Sequence& sequence, const Case& of, LineSource source) {
  auto a = read_lines(sequence, of.first, source), truth = read_lines(sequence, of.middle, source),
       b = read_lines(sequence, of.last, source);
  auto ours = draw_ours(sequence, of, source);
  if (!a || !truth || !b) return fail(ErrorCode::io, "a drawing went away", {}, {.file = sequence.folder});
  if (!ours) return Failure(ours.error());
  return Pictures{std::move(*a), std::move(*truth), std::move(*b), std::move(*ours)};
}

const Sequence& sequence_of(const std::vector<Sequence>& sequences, const Case& of) {
  return *std::find_if(sequences.begin(), sequences.end(),
                       [&](const Sequence& s) { return s.name == of.sequence; });
}

// The worst of our drawings: key, truth, ours, both, key.
Result<void> write_sheet(const std::string& path, const std::vector<Sequence>& sequences,
                         const std::vector<Outcome>& outcomes, LineSource source) {
  std::vector<const Outcome*> worst;
  for (const Outcome& outcome : outcomes)
    if (outcome.method == Method::ours) worst.push_back(&outcome);
  std::stable_sort(worst.begin(), worst.end(),
                   [](const Outcome* x, const Outcome* y) { return x->score.f1 < y->score.f1; });
  worst.resize(std::min(worst.size(), kWorst));
  std::vector<SheetRow> rows;
  for (const Outcome* o : worst) {
    const auto pictures = pictures_of(sequence_of(sequences, o->of), o->of, source);
    if (!pictures) continue;
    rows.push_back({fmt::format("{} {}-{}-{} gap {}  F1 {:.3f}  regions {:.0f}%  {} {:.2f}", o->of.sequence,
                                o->of.first, o->of.middle, o->of.last, o->of.gap, o->score.f1,
                                100 * o->score.survival, word(o->judgement.verdict), o->judgement.confidence),
                    {pictures->a, pictures->truth, pictures->ours.picture,
                     overlay(pictures->truth, pictures->ours.picture), pictures->b}});
  }
  return write_picture(path, contact_sheet(rows));
}

Result<void> write_dump(const std::string& folder, const std::vector<Sequence>& sequences,
                        const std::vector<Outcome>& outcomes, LineSource source) {
  for (const Outcome& o : outcomes) {
    if (o.method != Method::ours) continue;
    const auto pictures = pictures_of(sequence_of(sequences, o.of), o.of, source);
    if (!pictures) continue;
    const std::string stem =
        fmt::format("{}/{}_g{}_{:04}_{:04}", folder, o.of.sequence, o.of.gap, o.of.first, o.of.middle);
    if (auto written = write_picture(stem + ".png", pictures->ours.picture); !written) return written;
    if (auto written = write_picture(stem + "_over.png", overlay(pictures->truth, pictures->ours.picture));
        !written)
      return written;
  }
  return {};
}

int run_between(const Arguments& arguments) {
  auto sequences = find_sequences(arguments.data);
  if (!sequences) return complain(sequences.error());
  std::erase_if(*sequences, [&](const Sequence& sequence) { return !chosen(arguments, sequence); });
  const TableOptions options = table_options(arguments);

  std::vector<Outcome> outcomes;
  for (const Sequence& sequence : *sequences) {
    fmt::print(stderr, "{} ({} drawings)\n", sequence.name, sequence.count());
    auto part = run_table(sequence, options);
    if (!part) return complain(part.error());
    outcomes.insert(outcomes.end(), std::make_move_iterator(part->begin()),
                    std::make_move_iterator(part->end()));
  }
  fmt::print("{}", table_text(outcomes));
  if (options.placed) fmt::print("{}", placed_text(outcomes));
  if (!arguments.json.empty())
    if (const auto written = write_text(arguments.json, table_json(outcomes)); !written)
      return complain(written.error());
  if (!arguments.features.empty())
    if (const auto written = write_text(arguments.features, features_text(outcomes)); !written)
      return complain(written.error());
  if (!arguments.sheet.empty())
    if (const auto written = write_sheet(arguments.sheet, *sequences, outcomes, options.source); !written)
      return complain(written.error());
  if (!arguments.dump.empty())
    if (const auto written = write_dump(arguments.dump, *sequences, outcomes, options.source); !written)
      return complain(written.error());
  return 0;
}

// Both print per gap over tuning sequences and those held out.
std::string_view part_of(const Sequence& sequence) {
  return held_out(sequence.name) ? "held" : "tune";
}

int run_corrections(const Arguments& arguments) {
  auto sequences = find_sequences(arguments.data);
  if (!sequences) return complain(sequences.error());
  struct Row {
    std::vector<double> counts, guides;
    double before = 0, after = 0, good = 0;
  };
  std::map<std::pair<int, std::string_view>, Row> rows;
  for (const Sequence& sequence : *sequences) {
    if (!chosen(arguments, sequence) || sequence.tracked == 0) continue;
    const std::vector<Case> cases = cases_of(sequence, table_options(arguments));
    std::vector<std::optional<Corrected>> done(cases.size());
    fmt::print(stderr, "corrections {}\n", sequence.name);
    parallel_for({arguments.threads}, cases.size(), [&](std::size_t i) {
      const Case& of = cases[i];
      const LineSource source = table_options(arguments).source;
      const auto a = read_lines(sequence, of.first, source), truth = read_lines(sequence, of.middle, source),
                 b = read_lines(sequence, of.last, source);
      if (!a || !truth || !b) return;
      const auto key_a = TracedKey::of(*a), key_b = TracedKey::of(*b);
      if (!key_a || !key_b) return;
      if (auto one = corrected(sequence, of, *key_a, *key_b, measured(*truth), arguments.corrections))
        done[i] = *one;
    });
    for (std::size_t i = 0; i < cases.size(); ++i) {
      if (!done[i]) continue;
      Row& row = rows[{cases[i].gap, part_of(sequence)}];
      // One that was never good counts as more than the most allowed.
      row.counts.push_back(done[i]->good ? done[i]->count() : arguments.corrections + 1);
      row.guides.push_back(done[i]->guides);
      row.before += done[i]->first.f1;
      row.after += done[i]->last.f1;
      row.good += done[i]->good;
    }
  }
  fmt::print("corrections until good, at most {} (never good counts as {})\n", arguments.corrections,
             arguments.corrections + 1);
  for (const auto& [key, row] : rows) {
    const auto n = static_cast<double>(row.counts.size());
    fmt::print(
        "  gap {}, {}: {} drawings, median {:.0f}, 90th percentile {:.0f}; {:.0f}% get good; F1 {:.3f} -> "
        "{:.3f}; guides, median {:.0f}\n",
        key.first, key.second, n, median(row.counts), percentile(row.counts, 0.9), 100 * row.good / n,
        row.before / n, row.after / n, median(row.guides));
  }
  return 0;
}

int run_jitter(const Arguments& arguments) {
  auto sequences = find_sequences(arguments.data);
  if (!sequences) return complain(sequences.error());
  struct Row {
    double ours = 0, truth = 0;
    int pairs = 0;
  };
  std::map<std::pair<int, std::string_view>, Row> rows;
  for (const Sequence& sequence : *sequences) {
    if (!chosen(arguments, sequence) || sequence.tracked == 0) continue;
    fmt::print(stderr, "jitter {}\n", sequence.name);
    for (const Case& of : cases_of(sequence, table_options(arguments))) {
      if (of.gap < 2) continue;
      const auto a = read_lines(sequence, of.first, LineSource::line),
                 b = read_lines(sequence, of.last, LineSource::line);
      if (!a || !b) continue;
      const auto key_a = TracedKey::of(*a), key_b = TracedKey::of(*b);
      if (!key_a || !key_b) continue;
      const auto one = jitter(sequence, of.first, of.last, *key_a, *key_b);
      if (!one || one->points == 0) continue;
      Row& row = rows[{of.gap, part_of(sequence)}];
      row.ours += one->ours;
      row.truth += one->truth;
      ++row.pairs;
    }
  }
  fmt::print("jitter: mean second difference along the drawings, px\n");
  for (const auto& [key, row] : rows)
    fmt::print("  gap {}, {}: {} pairs, ours {:.2f}, truth {:.2f}, ratio {:.2f}\n", key.first, key.second,
               row.pairs, row.ours / row.pairs, row.truth / row.pairs, row.ours / row.truth);
  return 0;
}

int run_paint(const Arguments& arguments) {
  const auto sequences = find_sequences(arguments.data);
  if (!sequences) return complain(sequences.error());
  PaintTableOptions options;
  options.stride = arguments.stride;
  options.threads.count = arguments.timing ? 1 : arguments.threads;
  options.source = arguments.line == "line" ? LineSource::line : LineSource::bin;
  options.regions = arguments.given ? RegionSource::given : RegionSource::lines;
  options.worst = arguments.sheet.empty() ? 0 : kWorst;
  LineMemory memory(arguments.remember);
  options.memory = &memory;
  options.clicks = arguments.clicks;
  if (!arguments.protocols.empty())
    std::erase_if(options.protocols, [&](Protocol protocol) {
      const auto& names = arguments.protocols;
      return std::find(names.begin(), names.end(), word(protocol)) == names.end();
    });
  for (const Painter painter : kPainters) {
    const auto& names = arguments.methods;
    const bool asked = names.empty() || std::find(names.begin(), names.end(), word(painter)) != names.end();
    if (asked && (painter != Painter::ours || painter_is_built())) options.painters.push_back(painter);
  }
  std::vector<PaintOutcome> outcomes;
  for (const Sequence& sequence : *sequences) {
    if (!chosen(arguments, sequence)) continue;
    fmt::print(stderr, "paint {} ({} drawings)\n", sequence.name, sequence.count());
    auto part = run_paint_table(sequence, sheet_for(sequence, *sequences), options);
    if (!part) return complain(part.error());
    std::move(part->begin(), part->end(), std::back_inserter(outcomes));
  }
  fmt::print("{}", paint_text(outcomes));
  if (arguments.fit) fmt::print("{}", confidence_fit_text(outcomes));
  if (!arguments.sheet.empty())
    if (const auto written = write_picture(arguments.sheet, paint_sheet(outcomes, kWorst)); !written)
      return complain(written.error());
  if (!arguments.json.empty())
    if (const auto written = write_text(arguments.json + ".paint.json", paint_json(outcomes)); !written)
      return complain(written.error());
  return 0;
}

int run_gaps(const Arguments& arguments) {
  const auto sequences = find_sequences(arguments.data);
  if (!sequences) return complain(sequences.error());
  std::vector<GapOutcome> outcomes;
  for (const Sequence& sequence : *sequences) {
    if (!chosen(arguments, sequence)) continue;
    const auto part = run_gap_table(sequence, arguments.stride, {arguments.threads});
    if (!part) return complain(part.error());
    outcomes.insert(outcomes.end(), part->begin(), part->end());
  }
  fmt::print("{}", gap_text(outcomes));
  return 0;
}

int run_made(const Arguments& arguments) {
  const auto sequences = find_sequences(arguments.data);
  if (!sequences) return complain(sequences.error());
  std::vector<MadeOutcome> outcomes;
  for (const Sequence& sequence : *sequences) {
    if (!chosen(arguments, sequence)) continue;
    fmt::print(stderr, "made {}\n", sequence.name);
    auto part = run_made_table(sequence, arguments.stride, !arguments.sheet.empty(), {arguments.threads});
    if (!part) return complain(part.error());
    std::move(part->begin(), part->end(), std::back_inserter(outcomes));
  }
  fmt::print("{}", made_text(outcomes));
  if (!arguments.sheet.empty())
    if (const auto written = write_picture(arguments.sheet, made_sheet(outcomes, kWorst)); !written)
      return complain(written.error());
  return 0;
}

int run_times(const Arguments& arguments) {
  const auto sequences = find_sequences(arguments.data);
  if (!sequences) return complain(sequences.error());
  constexpr int kDrawings = 40;  // of a cut
  for (const Sequence& sequence : *sequences) {
    if (!chosen(arguments, sequence)) continue;
    const auto text = paint_times_text(sequence, kDrawings, {arguments.threads});
    if (!text) return complain(text.error());
    fmt::print("{}", *text);
  }
  return 0;
}

int run_traces(const Arguments& arguments) {
  const auto sequences = find_sequences(arguments.data);
  if (!sequences) return complain(sequences.error());
  std::vector<std::pair<TraceProtocol, TraceOutcome>> outcomes;
  for (const Sequence& sequence : *sequences) {
    if (!chosen(arguments, sequence)) continue;
    for (const TraceProtocol protocol : {TraceProtocol::own, TraceProtocol::previous}) {
      auto part = run_trace_table(sequence, protocol, arguments.stride, {arguments.threads});
      if (!part) return complain(part.error());
      outcomes.emplace_back(protocol, std::move(*part));
    }
  }
  fmt::print("{}", trace_text(outcomes));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Measures in-betweens and paint, ours and peers', over sequences with ground truth."};
  Arguments a;
  app.add_option("--data", a.data, "folder of sequences (see README.md)")->capture_default_str();
  app.add_option("--gaps", a.gaps, "drawings left out between two keys")
      ->delimiter(',')
      ->check(CLI::Range(1, 999));
  app.add_option("--sequences", a.sequences, "only these, by name")->delimiter(',');
  app.add_option("--set", a.set, "sequences for tuning, held out, or all")
      ->check(CLI::IsMember({"tune", "held", "all"}));
  app.add_option("--methods", a.methods,
                 "ours,ours+2,oracle,nearer,hold,fade,flow,ffmpeg; of paint ours,flow,same (default: all)")
      ->delimiter(',')
      ->check(
          CLI::IsMember({"ours", "ours+2", "oracle", "nearer", "hold", "fade", "flow", "ffmpeg", "same"}));
  app.add_option("--protocols", a.protocols,
                 "of the paint table: P1,P1b,P3/9,P2/9,P3-whole,P2-whole,P4/9,P4-words,shadows")
      ->delimiter(',')
      ->check(CLI::IsMember(
          {"P1", "P1b", "P3/9", "P2/9", "P3-whole", "P2-whole", "P4/9", "P4-words", "shadows"}));
  app.add_option("--remember", a.remember,
                 "of the paint table: keep matched lines in this folder, and take them from it");
  app.add_flag("--given", a.given,
               "of the paint table: on the sequences' own regions, not found in the lines");
  app.add_flag("--clicks", a.clicks,
               "of the paint table: also count the clicks of a simulated painter until all is right");
  app.add_flag("--fit", a.fit,
               "of the paint table: also weights for the painter's evidence (with --set tune)");
  app.add_option("--line", a.line, "drawings anti-aliased (in-betweens) or 2-value (paint)")
      ->check(CLI::IsMember({"line", "bin"}));
  app.add_option("--stride", a.stride, "every n-th pair of keys")->check(CLI::PositiveNumber);
  app.add_option("--limit", a.limit, "pairs per sequence and gap")->check(CLI::NonNegativeNumber);
  app.add_option("--threads", a.threads, "0: all cores")->check(CLI::NonNegativeNumber);
  app.add_option("--json", a.json, "write all figures here");
  app.add_option("--sheet", a.sheet, "write the worst twenty drawings here (PNG)");
  app.add_option("--features", a.features,
                 "write the figures behind our verdicts here (for tools/fit_verdict)");
  app.add_option("--dump", a.dump, "write our drawings into this folder");
  app.add_flag("--placed", a.placed, "also after the best whole-figure shift, for every method");
  app.add_option("--corrections", a.corrections,
                 "instead: a simulated artist mends our drawings, this often at most")
      ->check(CLI::NonNegativeNumber);
  app.add_flag("--jitter", a.jitter,
               "instead: how steadily the drawings between two keys run (gaps above 1)");
  app.add_flag("--every", a.every_t, "all drawings between the keys at their own t, not only the middle one");
  app.add_flag("--timing", a.timing, "one pair at a time, for honest times");
  app.add_option("--examples", a.examples, "measure the built example cuts of this folder instead");
  app.add_option(
         "--tables", a.tables,
         "in-betweens, paint, gaps planted in lines, trace lines, paint of our own in-betweens, what paint "
         "costs, or all (the first two)")
      ->check(CLI::IsMember({"between", "paint", "gaps", "traces", "made", "times", "all"}));
  CLI11_PARSE(app, argc, argv);
  cv::setNumThreads(1);
  if (!a.examples.empty()) {
    const auto text = examples_text(a.examples);
    if (!text) return complain(text.error());
    fmt::print("{}", *text);
    return 0;
  }
  if (a.corrections > 0) return run_corrections(a);
  if (a.jitter) return run_jitter(a);
  if (a.tables == "gaps") return run_gaps(a);
  if (a.tables == "traces") return run_traces(a);
  if (a.tables == "made") return run_made(a);
  if (a.tables == "times") return run_times(a);
  if (a.tables != "paint")
    if (const int status = run_between(a); status != 0) return status;
  return a.tables == "between" ? 0 : run_paint(a);
}
