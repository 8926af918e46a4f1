#include "face/expression_space.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace nakawari {
namespace {

constexpr double kTiny = 1e-9;     // weights and pivots below this are 0
constexpr double kOutside = 1e-7;  // what the hull's border is allowed to miss
constexpr int kMostPivots = 10'000;
// How finely the way back to the hull is searched.
constexpr int kHalvings = 40;

/// Dense simplex method for: minimise c x with A x = b, x >= 0. Phase one drives artificial variables out
/// by a price far above all others. Bland's rule, so it ends.
class Simplex {
 public:
  Simplex(std::vector<std::vector<double>> rows, std::vector<double> right, const std::vector<double>& cost)
      : rows_(std::move(rows)), right_(std::move(right)), count_(cost.size()) {
    const std::size_t m = rows_.size();
    const double most = *std::max_element(cost.begin(), cost.end());
    const double price = 1e6 * (1 + most);
    cost_ = cost;
    cost_.insert(cost_.end(), m, price);
    for (std::size_t i = 0; i < m; ++i) {
      if (right_[i] < 0) {
        right_[i] = -right_[i];
        for (double& v : rows_[i]) v = -v;
      }
      rows_[i].resize(count_ + m, 0);
      rows_[i][count_ + i] = 1;
      basis_.push_back(count_ + i);
    }
  }

  /// The solution; empty when there is none.
  std::vector<double> solve() {
    for (int pivot = 0; pivot < kMostPivots; ++pivot) {
      const std::size_t enter = entering();
      if (enter == cost_.size()) return result();
      const std::size_t leave = leaving(enter);
      if (leave == rows_.size()) return {};  // unbounded: cannot be with costs >= 0
      exchange(leave, enter);
    }
    return {};
  }

 private:
  [[nodiscard]] std::size_t entering() const {
    for (std::size_t j = 0; j < cost_.size(); ++j) {
      double reduced = cost_[j];
      for (std::size_t i = 0; i < rows_.size(); ++i) reduced -= cost_[basis_[i]] * rows_[i][j];
      // Costs reach the price of the artificial ones, so the bound is relative to it.
      if (reduced < -kTiny * (1 + cost_.back() * 1e-3)) return j;
    }
    return cost_.size();
  }

  [[nodiscard]] std::size_t leaving(std::size_t enter) const {
    std::size_t leave = rows_.size();
    double least = 0;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i][enter] <= kTiny) continue;
      const double ratio = right_[i] / rows_[i][enter];
      if (leave == rows_.size() || ratio < least - kTiny ||
          (ratio < least + kTiny && basis_[i] < basis_[leave])) {
        leave = i;
        least = ratio;
      }
    }
    return leave;
  }

  void exchange(std::size_t leave, std::size_t enter) {
    const double by = rows_[leave][enter];
    for (double& v : rows_[leave]) v /= by;
    right_[leave] /= by;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (i == leave || rows_[i][enter] == 0) continue;
      const double times = rows_[i][enter];
      for (std::size_t j = 0; j < rows_[i].size(); ++j) rows_[i][j] -= times * rows_[leave][j];
      right_[i] = std::max(0.0, right_[i] - times * right_[leave]);
    }
    basis_[leave] = enter;
  }

  [[nodiscard]] std::vector<double> result() const {
    std::vector<double> x(count_, 0);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (basis_[i] < count_)
        x[basis_[i]] = right_[i];
      else if (right_[i] > kOutside)
        return {};
    }
    return x;
  }

  std::vector<std::vector<double>> rows_;
  std::vector<double> right_, cost_;
  std::size_t count_;
  std::vector<std::size_t> basis_;
};

/// The samples of a group and the parameters in which they differ.
struct GroupSpace {
  std::vector<int> samples;
  std::vector<const FaceParameter*> parameters;
  std::vector<std::vector<double>> places;

  GroupSpace(const ExpressionSheet& sheet, const std::string& group) {
    for (std::size_t i = 0; i < sheet.samples.size(); ++i)
      if (i == 0 || touches(sheet, sheet.samples[i], group)) samples.push_back(static_cast<int>(i));
    for (const FaceParameter& parameter : sheet.parameters)
      if (std::any_of(samples.begin(), samples.end(),
                      [&](int i) { return sheet.samples[i].at.contains(parameter.name); }))
        parameters.push_back(&parameter);
    for (const int i : samples) {
      std::vector<double> place;
      for (const FaceParameter* parameter : parameters)
        place.push_back(value(sheet.samples[i].at, *parameter));
      places.push_back(std::move(place));
    }
  }

  static double value(const Mixture& mixture, const FaceParameter& parameter) {
    const auto it = mixture.find(parameter.name);
    return it == mixture.end() ? 0 : it->second;
  }

  /// The mixture as a point, its emotions times `emotions`, all times `all`.
  [[nodiscard]] std::vector<double> point(const Mixture& mixture, double emotions, double all) const {
    std::vector<double> q;
    for (const FaceParameter* parameter : parameters)
      q.push_back(value(mixture, *parameter) * all *
                  (parameter->kind == ParameterKind::emotion ? emotions : 1));
    return q;
  }
};

/// The largest share in [0, 1] for which `weights_at(share)` is not empty, and those weights. 0 must work.
template <typename At>
std::pair<double, std::vector<double>> largest(At&& weights_at) {
  double low = 0, high = 1;
  std::vector<double> best = weights_at(0.0);
  for (int k = 0; k < kHalvings && !best.empty(); ++k) {
    const double middle = 0.5 * (low + high);
    std::vector<double> tried = weights_at(middle);
    if (tried.empty()) {
      high = middle;
    } else {
      low = middle;
      best = std::move(tried);
    }
  }
  return {low, std::move(best)};
}

/// True when some drawing shows this parameter between 0 and 1.
bool drawn_between(const ExpressionSheet& sheet, const std::string& name) {
  return std::any_of(sheet.samples.begin(), sheet.samples.end(), [&](const FaceSample& sample) {
    const auto it = sample.at.find(name);
    return it != sample.at.end() && it->second > 0 && it->second < 1;
  });
}

}  // namespace

std::vector<double> barycentric(const std::vector<std::vector<double>>& samples,
                                const std::vector<double>& point) {
  if (samples.empty()) return {};
  const std::size_t dimensions = point.size();
  std::vector<std::vector<double>> rows(dimensions + 1, std::vector<double>(samples.size(), 1));
  std::vector<double> right(point), cost(samples.size(), 0);
  right.push_back(1);
  for (std::size_t k = 0; k < samples.size(); ++k) {
    NAKAWARI_CHECK(samples[k].size() == dimensions);
    for (std::size_t d = 0; d < dimensions; ++d) {
      rows[d][k] = samples[k][d];
      cost[k] += (samples[k][d] - point[d]) * (samples[k][d] - point[d]);
    }
    if (cost[k] == 0) {  // at a sample, the sample
      std::vector<double> alone(samples.size(), 0);
      alone[k] = 1;
      return alone;
    }
  }
  std::vector<double> weights = Simplex(std::move(rows), std::move(right), cost).solve();
  double sum = 0;
  for (double& w : weights) sum += w = w < kTiny ? 0 : w;
  for (double& w : weights) w /= sum;
  return weights;
}

GroupWeights group_weights(const ExpressionSheet& sheet, const std::string& group, const Mixture& mixture) {
  const GroupSpace space(sheet, group);
  GroupWeights result;
  std::vector<double> weights = barycentric(space.places, space.point(mixture, 1, 1));
  if (weights.empty()) {
    std::tie(result.kept, weights) =
        largest([&](double share) { return barycentric(space.places, space.point(mixture, share, 1)); });
    const bool emotions_alone =
        std::none_of(space.parameters.begin(), space.parameters.end(), [&](const FaceParameter* parameter) {
          return parameter->kind != ParameterKind::emotion && GroupSpace::value(mixture, *parameter) != 0;
        });
    result.outside = emotions_alone;
  }
  if (weights.empty()) {
    // Not even without the emotions: back toward the neutral drawing.
    std::tie(result.kept, weights) =
        largest([&](double share) { return barycentric(space.places, space.point(mixture, 0, share)); });
    result.outside = true;
  }
  NAKAWARI_CHECK(!weights.empty());
  result.weights.assign(sheet.samples.size(), 0);
  for (std::size_t k = 0; k < weights.size(); ++k) result.weights[space.samples[k]] = weights[k];
  return result;
}

Mixture after_mutes(const ExpressionSheet& sheet, const Mixture& mixture) {
  Mixture result = mixture;
  for (auto& [name, value] : result) {
    const int own = find_parameter(sheet, name);
    if (own < 0 || sheet.parameters[own].kind == ParameterKind::emotion) continue;
    const int kind = static_cast<int>(sheet.parameters[own].kind);
    for (const FaceParameter& other : sheet.parameters) {
      const double weight = std::clamp(GroupSpace::value(mixture, other), 0.0, 1.0);
      if (weight == 0 || other.kind != ParameterKind::emotion) continue;
      if (other.mutes[kind] == Mute::block) value = 0;
      if (other.mutes[kind] == Mute::blend) value *= 1 - weight;
    }
    if (sheet.parameters[own].kind == ParameterKind::blink && value > 0 && value < 1 &&
        !drawn_between(sheet, name))
      value = closed_at(value, sheet.half_blink);
  }
  return result;
}

}  // namespace nakawari
