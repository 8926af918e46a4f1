#include "sheet/plan.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "sheet/names.h"

namespace nakawari {
namespace {

constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();
/// Names listed in one note; the rest is counted.
constexpr std::size_t kListed = 5;
/// Drawings that a chart may span around a passage; keeps a hostile sheet cheap.
constexpr std::size_t kMaxCovered = 1000;

/// One standing of a drawing in time; empty cells are left out, repeats merged.
struct Standing {
  int drawing = 0;
  int first_frame = 0;
  bool after_empty = false;
};

/// What lies between two neighbouring keys at one time: the missing drawings and their places.
struct Passage {
  std::size_t from = 0, to = 0;  ///< places of the keys in time
  std::vector<int> missing;      ///< different drawings, in the order in which they first stand
  std::vector<double> t;         ///< one per missing drawing
  std::map<std::string, std::vector<double>> group_t;
  const Chart* chart = nullptr;  ///< whose groups apply
  std::string spacing;           ///< "equal steps", "chart 1-5", for people
};

class Planner {
 public:
  Planner(const ResolvedCel& cel, const std::set<std::string>& existing, const Charts* charts)
      : cel_(cel), charts_(charts) {
    for (const std::string& name : existing) existing_.insert(plain_name(name, cel.name));
    for (const ResolvedDrawing& drawing : cel.drawings) {
      const std::string plain = plain_name(drawing.name, cel.name);
      is_key_.push_back(existing_.count(plain) > 0);
      on_sheet_.insert(plain);
    }
    if (charts != nullptr) chart_used_.assign(charts->charts.size(), false);
    line_up();
  }

  CelPlan run() {
    for (std::size_t d = 0; d < cel_.drawings.size(); ++d)
      plan_.drawings.push_back(place(static_cast<int>(d)));
    note_unused();
    return std::move(plan_);
  }

 private:
  [[nodiscard]] const std::string& name(int drawing) const {
    return cel_.drawings[static_cast<std::size_t>(drawing)].name;
  }
  [[nodiscard]] bool key(int drawing) const { return is_key_[static_cast<std::size_t>(drawing)]; }
  [[nodiscard]] int at(std::size_t place) const { return line_[place].drawing; }

  void note(std::string what, std::string text, const std::string& drawing = {}, int frame = -1) {
    plan_.notes.push_back({std::move(what),
                           std::move(text),
                           {.cel = cel_.name, .drawing = drawing, .frame = frame + (frame >= 0)}});
  }

  /// Lines up the standings in time and finds the keys before and after each.
  void line_up() {
    bool gap = false;
    for (const Exposure& exposure : cel_.exposures) {
      if (exposure.drawing < 0) {
        gap = true;
        continue;
      }
      if (line_.empty() || line_.back().drawing != exposure.drawing) {
        line_.push_back({exposure.drawing, exposure.first_frame, gap && !line_.empty()});
      }
      gap = false;
    }
    times_.resize(cel_.drawings.size());
    key_before_.assign(line_.size(), kNowhere);
    key_after_.assign(line_.size(), kNowhere);
    for (std::size_t i = 0, last = kNowhere; i < line_.size(); ++i) {
      times_[static_cast<std::size_t>(at(i))].push_back(i);
      key_before_[i] = last;
      if (key(at(i))) last = i;
    }
    for (std::size_t i = line_.size(), next = kNowhere; i-- > 0;) {
      key_after_[i] = next;
      if (key(at(i))) next = i;
    }
  }

  PlannedDrawing place(int drawing) {
    const ResolvedDrawing& resolved = cel_.drawings[static_cast<std::size_t>(drawing)];
    PlannedDrawing planned;
    planned.name = resolved.name;
    planned.first_frame = resolved.first_frame;
    planned.ticked = resolved.ticked;
    if (key(drawing)) {
      planned.why = "drawn by hand";
      return planned;
    }
    bool before = false;
    bool after = false;
    for (const std::size_t time : times_[static_cast<std::size_t>(drawing)]) {
      before = before || key_before_[time] != kNowhere;
      after = after || key_after_[time] != kNowhere;
      if (!between_two_keys(time)) continue;
      fill(planned, drawing, passage(key_before_[time]));
      note_other_places(drawing, time);
      return planned;
    }
    planned.state = DrawingState::needs_key;
    planned.why = why_no_place(before, after);
    note("needs-key", "drawing " + planned.name + " needs a key: " + planned.why, planned.name,
         planned.first_frame);
    return planned;
  }

  [[nodiscard]] bool between_two_keys(std::size_t time) const {
    const std::size_t from = key_before_[time];
    const std::size_t to = key_after_[time];
    return from != kNowhere && to != kNowhere && at(from) != at(to);
  }

  [[nodiscard]] static std::string why_no_place(bool before, bool after) {
    if (before && after) return "it stands between two exposures of one and the same key";
    if (before) return "no drawing that exists stands after it in time";
    if (after) return "no drawing that exists stands before it in time";
    return "the cel has no other drawing that exists";
  }

  void fill(PlannedDrawing& planned, int drawing, const Passage& in) const {
    const auto rank = static_cast<std::size_t>(std::find(in.missing.begin(), in.missing.end(), drawing) -
                                               in.missing.begin());
    planned.state = DrawingState::inbetween;
    planned.from = name(at(in.from));
    planned.to = name(at(in.to));
    planned.t = in.t[rank];
    planned.why = "number " + std::to_string(rank + 1) + " of " + std::to_string(in.missing.size()) +
                  " between " + planned.from + " and " + planned.to + ", " + in.spacing;
    if (in.chart == nullptr) return;
    for (const GroupChart& group : in.chart->groups) {
      planned.groups.push_back({group.name, in.group_t.at(group.name)[rank], group.placed, group.x, group.y});
    }
  }

  /// The passage that starts at a key, worked out once.
  const Passage& passage(std::size_t from) {
    const auto [it, fresh] = passages_.try_emplace(from);
    Passage& made = it->second;
    if (!fresh) return made;
    made.from = from;
    made.to = key_after_[from];
    std::set<int> seen;
    for (std::size_t i = from + 1; i < made.to; ++i) {
      if (seen.insert(at(i)).second) {
        made.missing.push_back(at(i));
      } else {
        note("stands-twice",
             "drawing " + name(at(i)) + " stands twice between " + name(at(from)) + " and " +
                 name(at(made.to)) + "; its first standing gives its place",
             name(at(i)), line_[i].first_frame);
      }
    }
    note_across_empty(made);
    space(made);
    return made;
  }

  void note_across_empty(const Passage& in) {
    for (std::size_t i = in.from + 1; i <= in.to; ++i) {
      if (!line_[i].after_empty) continue;
      note("across-empty",
           "the cel is empty for a while between " + name(at(in.from)) + " and " + name(at(in.to)) +
               "; the drawings between them are spaced as if it were not",
           {}, line_[i].first_frame);
      return;
    }
  }

  /// Gives the missing drawings of a passage their t: own chart, mirrored chart, covering chart, equal steps.
  void space(Passage& in) {
    const auto count = static_cast<int>(in.missing.size());
    const std::string file = charts_ == nullptr ? "" : charts_->file;
    if (const Chart* chart = chart_of(at(in.from), at(in.to))) {
      in.t = positions(chart, count, file, plan_.notes);
      in.chart = chart;
      in.spacing = "chart " + chart->from + "-" + chart->to;
      for (const GroupChart& group : chart->groups) {
        Chart own{chart->from, chart->to, group.spacing, {}, group.line};
        in.group_t[group.name] = positions(&own, count, file, plan_.notes);
      }
      return;
    }
    if (const Chart* chart = chart_of(at(in.to), at(in.from))) {
      in.t = positions(chart, count, file, plan_.notes);
      std::reverse(in.t.begin(), in.t.end());
      for (double& t : in.t) t = 1 - t;
      in.spacing = "chart " + chart->from + "-" + chart->to + " mirrored";
      if (!chart->groups.empty()) note("chart-groups", in.spacing + ": its groups are left out");
      return;
    }
    if (space_by_covering_chart(in)) return;
    in.t = positions(Spacing{}, count);
    in.spacing = "equal steps";
  }

  const Chart* chart_of(int from, int to) {
    if (charts_ == nullptr) return nullptr;
    const Chart* chart = find_chart(*charts_, name(from), name(to), cel_.name);
    if (chart != nullptr) chart_used_[static_cast<std::size_t>(chart - charts_->charts.data())] = true;
    return chart;
  }

  /// The chart was made for 1-5 and the artist has since drawn 3: 2 keeps its place on the chart, measured
  /// between 1 and 3. The chart with the shortest span around the passage counts.
  bool space_by_covering_chart(Passage& in) {
    if (charts_ == nullptr) return false;
    std::optional<std::pair<std::size_t, std::size_t>> best;
    std::size_t best_chart = 0;
    for (std::size_t c = 0; c < charts_->charts.size(); ++c) {
      const Chart& chart = charts_->charts[c];
      const auto start = latest(chart.from, in.from);
      const auto end = earliest(chart.to, in.to);
      if (!start || !end || !all_different(*start, *end)) continue;
      if (!best || *end - *start < best->second - best->first) {
        best = {*start, *end};
        best_chart = c;
      }
    }
    if (!best) return false;
    const auto [start, end] = *best;
    const Chart& chart = charts_->charts[best_chart];
    chart_used_[best_chart] = true;
    const std::vector<double> inner =
        positions(&chart, static_cast<int>(end - start - 1), charts_->file, plan_.notes);
    const auto on_chart = [&](std::size_t place) {
      return place == start ? 0.0 : place == end ? 1.0 : inner[place - start - 1];
    };
    const double low = on_chart(in.from);
    const double high = on_chart(in.to);
    for (std::size_t k = 0; k < in.missing.size(); ++k) {
      in.t.push_back((on_chart(in.from + 1 + k) - low) / (high - low));
    }
    in.spacing = "chart " + chart.from + "-" + chart.to + " between its own keys";
    if (!chart.groups.empty()) note("chart-groups", in.spacing + ": its groups are left out");
    return true;
  }

  [[nodiscard]] const std::vector<std::size_t>* times_of(const std::string& drawing) {
    if (by_plain_.empty()) {
      for (std::size_t d = 0; d < cel_.drawings.size(); ++d) {
        by_plain_[plain_name(cel_.drawings[d].name, cel_.name)] = d;
      }
    }
    const auto it = by_plain_.find(plain_name(drawing, cel_.name));
    return it == by_plain_.end() ? nullptr : &times_[it->second];
  }
  std::optional<std::size_t> latest(const std::string& drawing, std::size_t until) {
    const std::vector<std::size_t>* times = times_of(drawing);
    if (times == nullptr) return std::nullopt;
    const auto it = std::upper_bound(times->begin(), times->end(), until);
    return it == times->begin() ? std::nullopt : std::optional(*(it - 1));
  }
  std::optional<std::size_t> earliest(const std::string& drawing, std::size_t from) {
    const std::vector<std::size_t>* times = times_of(drawing);
    if (times == nullptr) return std::nullopt;
    const auto it = std::lower_bound(times->begin(), times->end(), from);
    return it == times->end() ? std::nullopt : std::optional(*it);
  }
  [[nodiscard]] bool all_different(std::size_t first, std::size_t last) const {
    if (last - first > kMaxCovered) return false;
    std::set<int> seen;
    for (std::size_t i = first; i <= last; ++i) {
      if (!seen.insert(at(i)).second) return false;
    }
    return true;
  }

  /// One drawing, one place: standing between other keys later is reported once.
  void note_other_places(int drawing, std::size_t chosen) {
    const auto ends = [&](std::size_t time) {
      const int first = at(key_before_[time]);
      const int second = at(key_after_[time]);
      return std::pair(std::min(first, second), std::max(first, second));
    };
    const auto own = ends(chosen);
    for (const std::size_t time : times_[static_cast<std::size_t>(drawing)]) {
      if (!between_two_keys(time) || ends(time) == own) continue;
      note("two-places",
           "drawing " + name(drawing) + " also stands between " + name(at(key_before_[time])) + " and " +
               name(at(key_after_[time])) + "; it is made for its first place, between " +
               name(at(key_before_[chosen])) + " and " + name(at(key_after_[chosen])),
           name(drawing), line_[time].first_frame);
      return;
    }
  }

  void note_unused() {
    for (std::size_t c = 0; c < chart_used_.size(); ++c) {
      if (chart_used_[c]) continue;
      const Chart& chart = charts_->charts[c];
      plan_.notes.push_back({"chart-unused",
                             "the chart " + chart.from + "-" + chart.to +
                                 " is not used: the sheet asks for no in-between of these two drawings",
                             {.file = charts_->file, .cel = cel_.name, .line = chart.line}});
    }
    std::string listed;
    std::size_t count = 0;
    for (const std::string& plain : existing_) {
      if (on_sheet_.count(plain) > 0) continue;
      if (++count <= kListed) listed += (listed.empty() ? "" : ", ") + plain;
    }
    if (count == 0) return;
    if (count > kListed) listed += " and " + std::to_string(count - kListed) + " more";
    note("not-on-sheet", "drawn but not named by the sheet: " + listed);
  }

  const ResolvedCel& cel_;
  const Charts* charts_;
  std::set<std::string> existing_, on_sheet_;
  std::vector<bool> is_key_;  ///< per drawing
  std::vector<bool> chart_used_;
  std::vector<Standing> line_;
  std::vector<std::vector<std::size_t>> times_;      ///< per drawing: places in line_
  std::vector<std::size_t> key_before_, key_after_;  ///< per place, exclusive
  std::map<std::size_t, Passage> passages_;          ///< by place of the first key
  std::map<std::string, std::size_t> by_plain_;
  CelPlan plan_;
};

}  // namespace

const char* word(DrawingState state) {
  switch (state) {
    case DrawingState::key:
      return "key";
    case DrawingState::inbetween:
      return "inbetween";
    case DrawingState::needs_key:
      return "needs-key";
  }
  return "key";
}

const PlannedDrawing* CelPlan::find(const std::string& name) const {
  for (const PlannedDrawing& drawing : drawings) {
    if (drawing.name == name) return &drawing;
  }
  return nullptr;
}

CelPlan plan_cel(const ResolvedCel& cel, const std::set<std::string>& existing, const Charts* charts) {
  return Planner(cel, existing, charts).run();
}

}  // namespace nakawari
