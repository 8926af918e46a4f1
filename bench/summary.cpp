#include "bench/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

namespace nakawari::bench {
namespace {

using Rows = std::vector<const Outcome*>;
using nlohmann::ordered_json;

enum class Part { all, tune, held };

std::string_view word(Part part) {
  return part == Part::all ? "all" : part == Part::tune ? "tune" : "held";
}

template <typename Test>
Rows select(const std::vector<Outcome>& outcomes, Test test) {
  Rows rows;
  for (const Outcome& outcome : outcomes)
    if (test(outcome)) rows.push_back(&outcome);
  return rows;
}

Rows rows_of(const std::vector<Outcome>& outcomes, int gap, Method method, Part part) {
  return select(outcomes, [&](const Outcome& o) {
    return o.of.gap == gap && o.method == method &&
           (part == Part::all || (part == Part::held) == held_out(o.of.sequence));
  });
}

template <typename Key>
auto distinct(const std::vector<Outcome>& outcomes, Key key) {
  std::set<decltype(key(outcomes.front()))> values;
  for (const Outcome& outcome : outcomes) values.insert(key(outcome));
  return values;
}

void print_methods(const std::vector<Outcome>& outcomes, int gap, Part part, Score Outcome::* which,
                   std::string& out) {
  const std::size_t start = out.size();
  int drawings = 0;
  for (const Method method : kMethods) {
    const MeanScore m = mean_score(rows_of(outcomes, gap, method, part), which);
    if (m.drawings == 0) continue;
    drawings = m.drawings;
    const Score& s = m.score;
    fmt::format_to(std::back_inserter(out),
                   "  {:<8}{:7.3f}{:9.2f}{:8.2f}{:9.1f}%{:7.1f}%{:8.1f}{:8.2f}{:8.1f}%{}\n", word(method),
                   s.f1, s.cd * 1e5, s.msd, 100 * s.survival, 100 * s.leak, s.loose_ends, s.line_quantity,
                   100 * m.good, m.failures > 0 ? fmt::format("  {} failed", m.failures) : "");
  }
  if (drawings == 0) return;
  out.insert(start,
             fmt::format("gap {}, {} ({} drawings)\n  {:<8}{:>7}{:>9}{:>8}{:>10}{:>8}{:>8}{:>8}{:>9}\n", gap,
                         word(part), drawings, "method", "F1@2px", "CDx1e5", "MSD px", "regions", "leak",
                         "loose", "line", "good"));
}

void print_sequences(const std::vector<Outcome>& outcomes, int gap, std::string& out) {
  const auto methods = distinct(outcomes, [](const Outcome& o) { return o.method; });
  fmt::format_to(std::back_inserter(out), "gap {}, by sequence: F1@2px / region survival %\n  {:<18}", gap,
                 "");
  for (const Method method : methods) fmt::format_to(std::back_inserter(out), "{:>14}", word(method));
  out += '\n';
  for (const auto& name : distinct(outcomes, [](const Outcome& o) { return o.of.sequence; })) {
    fmt::format_to(std::back_inserter(out), "  {:<17}{}", name, held_out(name) ? '*' : ' ');
    for (const Method method : methods) {
      const MeanScore m = mean_score(select(outcomes, [&](const Outcome& o) {
        return o.of.gap == gap && o.method == method && o.of.sequence == name;
      }));
      if (m.drawings > 0)
        fmt::format_to(std::back_inserter(out), "{:8.3f} /{:4.0f}", m.score.f1, 100 * m.score.survival);
      else
        fmt::format_to(std::back_inserter(out), "{:>14}", "-");
    }
    out += '\n';
  }
}

void print_honesty(const std::vector<Outcome>& outcomes, int gap, std::string& out) {
  for (const Method method : {Method::ours, Method::through})
    for (const Part part : {Part::all, Part::tune, Part::held}) {
      const Honesty h = honesty(rows_of(outcomes, gap, method, part));
      if (h.drawings == 0) continue;
      fmt::format_to(
          std::back_inserter(out),
          "  {:<6}  gap {}, {:<4}  pass {:5.1f}% of drawings, {:5.1f}% of them good; {:5.1f}% of all good; "
          "confidence {:.2f} (off by {:.2f})\n",
          word(method), gap, word(part), 100 * h.coverage, 100 * h.precision, 100 * h.good, h.confidence,
          h.gap_error);
    }
}

void print_times(const std::vector<Outcome>& outcomes, std::string& out) {
  const Rows rows =
      select(outcomes, [](const Outcome& o) { return o.method == Method::ours && o.failure.empty(); });
  if (rows.empty()) return;
  const auto step = [&](double OurTimes::* member) {
    std::vector<double> values;
    for (const Outcome* row : rows) values.push_back(row->times.*member);
    return fmt::format("{:.0f} ({:.0f})", median(values), percentile(values, 0.9));
  };
  fmt::format_to(
      std::back_inserter(out), "ours, median (90th percentile) ms: trace {}, match {}, set up {}, draw {}\n",
      step(&OurTimes::trace), step(&OurTimes::match), step(&OurTimes::setup), step(&OurTimes::draw));
}

ordered_json json_of(const Score& s) {
  return {{"f1", s.f1},
          {"precision", s.precision},
          {"recall", s.recall},
          {"cd_e5", s.cd * 1e5},
          {"msd", s.msd},
          {"survival", s.survival},
          {"leak", s.leak},
          {"loose_ends", s.loose_ends},
          {"line_quantity", s.line_quantity}};
}

}  // namespace

MeanScore mean_score(const Rows& outcomes, Score Outcome::* which) {
  MeanScore mean;
  mean.score.survival = mean.score.line_quantity = 0;
  constexpr double Score::* kFields[] = {
      &Score::cd,       &Score::msd,  &Score::precision,  &Score::recall,    &Score::f1,
      &Score::survival, &Score::leak, &Score::loose_ends, &Score::misplaced, &Score::line_quantity};
  for (const Outcome* outcome : outcomes) {
    for (const auto field : kFields) mean.score.*field += (outcome->*which).*field;
    mean.good += (outcome->*which).good();
    mean.failures += !outcome->failure.empty();
  }
  mean.drawings = static_cast<int>(outcomes.size());
  if (mean.drawings == 0) return mean;
  for (const auto field : kFields) mean.score.*field /= mean.drawings;
  mean.good /= mean.drawings;
  return mean;
}

Honesty honesty(const Rows& outcomes) {
  constexpr int kBins = 10;
  Honesty h;
  h.drawings = static_cast<int>(outcomes.size());
  if (h.drawings == 0) return h;
  double passed = 0, passed_good = 0;
  double bin_confidence[kBins] = {}, bin_good[kBins] = {};
  for (const Outcome* o : outcomes) {
    const bool good = o->score.good(), pass = o->failure.empty() && o->judgement.verdict == Verdict::pass;
    passed += pass;
    passed_good += pass && good;
    h.good += good;
    h.confidence += o->judgement.confidence;
    const int bin = std::clamp(static_cast<int>(o->judgement.confidence * kBins), 0, kBins - 1);
    bin_confidence[bin] += o->judgement.confidence;
    bin_good[bin] += good;
  }
  for (int i = 0; i < kBins; ++i) h.gap_error += std::abs(bin_confidence[i] - bin_good[i]) / h.drawings;
  h.coverage = passed / h.drawings;
  h.precision = passed > 0 ? passed_good / passed : 1;
  h.good /= h.drawings;
  h.confidence /= h.drawings;
  return h;
}

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const double rank = std::ceil(share * static_cast<double>(values.size())) - 1;
  return values[static_cast<std::size_t>(std::clamp(rank, 0.0, static_cast<double>(values.size() - 1)))];
}

double median(std::vector<double> values) {
  return percentile(std::move(values), 0.5);
}

std::string table_text(const std::vector<Outcome>& outcomes) {
  std::string out;
  if (outcomes.empty()) return "no pair of keys fits the gaps\n";
  const auto gaps = distinct(outcomes, [](const Outcome& o) { return o.of.gap; });
  for (const int gap : gaps) {
    for (const Part part : {Part::all, Part::tune, Part::held})
      print_methods(outcomes, gap, part, &Outcome::score, out);
    out += '\n';
  }
  for (const int gap : gaps) {
    print_sequences(outcomes, gap, out);
    out += '\n';
  }
  out += "* held out: reported only\n\n";
  for (const int gap : gaps) print_honesty(outcomes, gap, out);
  print_times(outcomes, out);
  return out;
}

std::string placed_text(const std::vector<Outcome>& outcomes) {
  std::string out = "after the best whole-figure shift (the same for every method)\n";
  for (const int gap : distinct(outcomes, [](const Outcome& o) { return o.of.gap; }))
    for (const Part part : {Part::all, Part::tune, Part::held})
      print_methods(outcomes, gap, part, &Outcome::placed, out);
  return out;
}

std::string features_text(const std::vector<Outcome>& outcomes) {
  std::string out;
  for (const Outcome& o : outcomes) {
    if (o.features.empty() || o.method == Method::truth) continue;
    if (out.empty()) {
      out = "sequence,method,gap,first,middle,last,f1,survival,good";
      for (const Feature& feature : o.features) fmt::format_to(std::back_inserter(out), ",{}", feature.first);
      out += '\n';
    }
    fmt::format_to(std::back_inserter(out), "{},{},{},{},{},{},{:.4f},{:.4f},{:d}", o.of.sequence,
                   word(o.method), o.of.gap, o.of.first, o.of.middle, o.of.last, o.score.f1, o.score.survival,
                   o.score.good());
    for (const Feature& feature : o.features)
      fmt::format_to(std::back_inserter(out), ",{:.6g}", feature.second);
    out += '\n';
  }
  return out;
}

std::string table_json(const std::vector<Outcome>& outcomes) {
  ordered_json root;
  root["version"] = 1;
  root["means"] = ordered_json::array();
  for (const int gap : distinct(outcomes, [](const Outcome& o) { return o.of.gap; }))
    for (const Part part : {Part::all, Part::tune, Part::held})
      for (const Method method : kMethods) {
        const Rows rows = rows_of(outcomes, gap, method, part);
        if (rows.empty()) continue;
        const MeanScore m = mean_score(rows);
        ordered_json entry = {
            {"gap", gap}, {"part", word(part)}, {"method", word(method)}, {"drawings", m.drawings}};
        entry.update(json_of(m.score));
        entry["good"] = m.good;
        entry["placed"] = json_of(mean_score(rows, &Outcome::placed).score);
        if (method == Method::ours) {
          const Honesty h = honesty(rows);
          entry["pass_coverage"] = h.coverage;
          entry["pass_precision"] = h.precision;
          entry["confidence"] = h.confidence;
        }
        root["means"].push_back(std::move(entry));
      }
  root["drawings"] = ordered_json::array();
  for (const Outcome& o : outcomes) {
    ordered_json entry = {{"sequence", o.of.sequence}, {"gap", o.of.gap},   {"first", o.of.first},
                          {"middle", o.of.middle},     {"last", o.of.last}, {"t", o.of.t},
                          {"method", word(o.method)}};
    entry.update(json_of(o.score));
    if (!o.failure.empty()) entry["failure"] = o.failure;
    if (o.method == Method::ours) {
      entry["verdict"] = word(o.judgement.verdict);
      entry["confidence"] = o.judgement.confidence;
    }
    root["drawings"].push_back(std::move(entry));
  }
  return root.dump(1) + "\n";
}

}  // namespace nakawari::bench
