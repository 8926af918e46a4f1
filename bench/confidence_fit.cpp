#include "bench/confidence_fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace nakawari::bench {
namespace {

/// The chance of being right that a margin of kMargin stands for.
constexpr double kSure = 0.957, kMargin = 0.6;

using Weights = std::vector<double>;

struct Sample {
  const PaintOutcome* of = nullptr;
  const JudgedRegion* region = nullptr;
  double weight = 1;
};

double chance(const Weights& weights, const std::vector<double>& signs) {
  double sum = 0;
  for (std::size_t k = 0; k < signs.size(); ++k) sum += weights[k] * signs[k];
  return 1 / (1 + std::exp(-sum));
}

/// Solves a small symmetric system by elimination.
Weights solved(std::vector<std::vector<double>> rows) {
  const std::size_t n = rows.size();
  for (std::size_t i = 0; i < n; ++i) {
    std::size_t pivot = i;
    for (std::size_t k = i; k < n; ++k)
      if (std::abs(rows[k][i]) > std::abs(rows[pivot][i])) pivot = k;
    std::swap(rows[i], rows[pivot]);
    for (std::size_t k = 0; k < n; ++k) {
      if (k == i) continue;
      const double by = rows[k][i] / rows[i][i];
      for (std::size_t j = i; j <= n; ++j) rows[k][j] -= by * rows[i][j];
    }
  }
  Weights x(n);
  for (std::size_t i = 0; i < n; ++i) x[i] = rows[i][n] / rows[i][i];
  return x;
}

/// Newton's method with a faint pull to zero; without the sequence `left_out`.
Weights fitted(const std::vector<Sample>& samples, const std::string& left_out) {
  constexpr int kSteps = 25;
  constexpr double kPull = 1e-2, kFlat = 1e-6;
  const std::size_t n = samples.front().region->signs.size();
  Weights w(n, 0);
  for (int step = 0; step < kSteps; ++step) {
    std::vector<std::vector<double>> rows(n, std::vector<double>(n + 1, 0));
    for (std::size_t i = 0; i < n; ++i) {
      rows[i][i] = kPull;
      rows[i][n] = -kPull * w[i];
    }
    for (const Sample& s : samples) {
      if (s.of->sequence == left_out) continue;
      const std::vector<double>& x = s.region->signs;
      const double p = chance(w, x), slope = s.weight * ((s.region->right ? 1 : 0) - p),
                   bend = s.weight * std::max(p * (1 - p), kFlat);
      for (std::size_t i = 0; i < n; ++i) {
        rows[i][n] += slope * x[i];
        for (std::size_t j = 0; j < n; ++j) rows[i][j] += bend * x[i] * x[j];
      }
    }
    const Weights move = solved(rows);
    for (std::size_t i = 0; i < n; ++i) w[i] += move[i];
  }
  return w;
}

}  // namespace

std::string confidence_fit_text(const std::vector<PaintOutcome>& outcomes) {
  std::vector<Sample> samples;
  std::map<Protocol, double> counts;
  std::set<std::string> sequences;
  for (const PaintOutcome& o : outcomes)
    for (const JudgedRegion& region : o.score.judged) {
      if (region.signs.empty()) continue;
      samples.push_back({&o, &region});
      ++counts[o.protocol];
      sequences.insert(o.sequence);
    }
  if (samples.empty()) return "nothing to fit\n";
  constexpr double kRegions = 5000;  // of each protocol, so that the pull means the same on any amount
  for (Sample& s : samples) s.weight = kRegions / counts[s.of->protocol];
  Weights w = fitted(samples, {});
  const auto log_odds = [](double p) { return std::log(p / (1 - p)); };
  w[0] -= log_odds(kSure) - log_odds(kMargin);
  std::string text = fmt::format("weights of the evidence: {:.3f}\n", fmt::join(w, ", "));
  std::map<Protocol, std::vector<JudgedRegion>> judged;
  for (const std::string& name : sequences) {
    const Weights without = fitted(samples, name);
    for (const Sample& s : samples)
      if (s.of->sequence == name)
        judged[s.of->protocol].push_back({chance(without, s.region->signs), s.region->right, {}});
  }
  text += "each sequence by the weights of the others: chance, then right and covered\n";
  for (const double margin : {0.95, kSure, 0.97, 0.98}) {
    text += fmt::format("  {:.3f}", margin);
    for (const auto& [protocol, regions] : judged) {
      double above = 0, right = 0;
      for (const JudgedRegion& r : regions) {
        above += r.confidence >= margin;
        right += r.confidence >= margin && r.right;
      }
      text += fmt::format("   {} {:.2f} of {:.1f} %", word(protocol), 100 * right / std::max(above, 1.0),
                          100 * above / static_cast<double>(regions.size()));
    }
    text += '\n';
  }
  return text;
}

}  // namespace nakawari::bench
