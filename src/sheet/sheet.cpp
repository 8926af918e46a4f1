#include "sheet/sheet.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "base/check.h"
#include "sheet/names.h"

namespace nakawari {
namespace {

/// How many earlier times of a drawing are tried as the start of a reversed passage. Sheets reverse what came
/// just before; the bound keeps a hostile sheet linear.
constexpr std::size_t kReverseLookback = 64;

/// No drawing: an empty cell in a run, "none" as a neighbour of a passage.
constexpr int kNone = -1;

/// A stretch of frames that one entry governs. `name` is an id in NameTable; slots get theirs later.
struct Run {
  int first_frame = 0;
  Mark mark = Mark::empty;
  int name = kNone;
};

/// Gives every drawing of a cel an id, by plain name.
class NameTable {
 public:
  explicit NameTable(std::string cel) : cel_(std::move(cel)) {}

  int id(const std::string& name) {
    const auto [it, fresh] = ids_.try_emplace(plain_name(name, cel_), static_cast<int>(spelled_.size()));
    if (fresh) spelled_.push_back(name);
    return it->second;
  }
  [[nodiscard]] bool knows(const std::string& name) const { return ids_.count(plain_name(name, cel_)) > 0; }
  [[nodiscard]] const std::string& spelled(int id) const { return spelled_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] std::size_t size() const { return spelled_.size(); }

 private:
  std::string cel_;
  std::map<std::string, int> ids_;
  std::vector<std::string> spelled_;
};

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The entries within the sheet, one a frame at most, in time; what only holds is left out.
std::vector<Run> runs_of(const SheetTrack& cel, int duration, NameTable& names) {
  std::vector<const SheetEntry*> ordered;
  for (const SheetEntry& entry : cel.entries) {
    if (entry.frame < duration) ordered.push_back(&entry);
  }
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const SheetEntry* a, const SheetEntry* b) { return a->frame < b->frame; });

  std::vector<Run> runs;
  for (std::size_t i = 0; i < ordered.size(); ++i) {
    const int frame = std::max(0, ordered[i]->frame);
    const bool overruled = i + 1 < ordered.size() && std::max(0, ordered[i + 1]->frame) == frame;
    if (overruled) continue;
    const Mark mark = ordered[i]->mark;
    if (mark == Mark::hold || mark == Mark::other) continue;
    runs.push_back({frame, mark, mark == Mark::text ? names.id(ordered[i]->name) : kNone});
  }
  return runs;
}

/// Names the tick marks of a cel, passage by passage. A passage is the run of slots between two named
/// drawings.
class TickNamer {
 public:
  TickNamer(NameTable& names, const std::string& cel, Report& notes)
      : names_(names), cel_(cel), notes_(notes) {}

  void name_all(std::vector<Run>& runs) {
    std::vector<Run*> slots;
    int before = kNone;
    for (Run& run : runs) {
      if (run.mark == Mark::empty) continue;
      if (run.mark != Mark::text) {
        slots.push_back(&run);
        continue;
      }
      close_passage(before, run.name, slots);
      slots.clear();
      before = run.name;
      remember(run.name);
    }
    close_passage(before, kNone, slots);
  }

  [[nodiscard]] bool ticked(int id) const { return ticked_.count(id) > 0; }

 private:
  void close_passage(int before, int after, const std::vector<Run*>& slots) {
    if (slots.empty()) return;
    const auto is_reverse = [](const Run* slot) { return slot->mark == Mark::reverse_tick; };
    const bool any_reverse = std::any_of(slots.begin(), slots.end(), is_reverse);
    const bool all_reverse = std::all_of(slots.begin(), slots.end(), is_reverse);
    std::optional<std::vector<int>> ids;
    if (all_reverse) ids = reversed_passage(before, after, slots.size());
    if (any_reverse && !ids) {
      notes_.push_back(
          {"reverse-unknown",
           "a reverse tick without an earlier passage of the same length to reverse; read as a tick",
           {.cel = cel_, .frame = slots.front()->first_frame + 1}});
    }
    if (!ids) ids = fresh_ticks(before, after, slots.size());
    for (std::size_t k = 0; k < slots.size(); ++k) {
      slots[k]->name = (*ids)[k];
      remember((*ids)[k]);
    }
  }

  /// What stood between `after` and `before` at an earlier time, last first.
  std::optional<std::vector<int>> reversed_passage(int before, int after, std::size_t count) {
    if (before == kNone) return std::nullopt;
    const std::vector<std::size_t>& times = times_[before];
    const std::size_t tries = after == kNone ? 1 : kReverseLookback;
    for (std::size_t back = 0; back < std::min(times.size(), tries); ++back) {
      const std::size_t end = times[times.size() - 1 - back];
      if (end < count || (after != kNone && end < count + 1)) continue;
      if (after != kNone && history_[end - count - 1] != after) continue;
      std::vector<int> ids;
      for (std::size_t k = 1; k <= count; ++k) ids.push_back(history_[end - k]);
      return ids;
    }
    return std::nullopt;
  }

  /// Generated names, the same for the same passage.
  std::vector<int> fresh_ticks(int before, int after, std::size_t count) {
    std::vector<int>& ids = passages_[{before, after, count}];
    const std::string stem = before == kNone ? "start" : names_.spelled(before);
    while (ids.size() < count) {
      const std::string name = stem + "-t" + std::to_string(++counters_[before]);
      if (names_.knows(name)) continue;
      ids.push_back(names_.id(name));
      ticked_.insert(ids.back());
    }
    return ids;
  }

  void remember(int id) {
    if (!history_.empty() && history_.back() == id) return;
    times_[id].push_back(history_.size());
    history_.push_back(id);
  }

  NameTable& names_;
  const std::string& cel_;
  Report& notes_;
  std::vector<int> history_;                       ///< ids in time, repeats merged, empties left out
  std::map<int, std::vector<std::size_t>> times_;  ///< id -> places in history_
  std::map<std::tuple<int, int, std::size_t>, std::vector<int>> passages_;
  std::map<int, int> counters_;
  std::set<int> ticked_;
};

}  // namespace

ResolvedCel resolve(const SheetTrack& cel, int duration) {
  NAKAWARI_CHECK(duration >= 0 && duration <= kMaxSheetFrames);
  ResolvedCel resolved;
  resolved.name = trimmed(cel.name);
  resolved.at.assign(static_cast<std::size_t>(duration), kNone);

  NameTable names(resolved.name);
  std::vector<Run> runs = runs_of(cel, duration, names);
  TickNamer namer(names, resolved.name, resolved.notes);
  namer.name_all(runs);

  // Number the drawings in the order in which they stand, and fill the frames.
  std::vector<int> index(names.size(), kNone);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Run& run = runs[i];
    if (run.name == kNone) continue;
    int& drawing = index[static_cast<std::size_t>(run.name)];
    if (drawing == kNone) {
      drawing = static_cast<int>(resolved.drawings.size());
      resolved.drawings.push_back({names.spelled(run.name), namer.ticked(run.name), run.first_frame});
    }
    const int end = i + 1 < runs.size() ? runs[i + 1].first_frame : duration;
    std::fill(resolved.at.begin() + run.first_frame, resolved.at.begin() + end, drawing);
  }

  for (int frame = 0; frame < duration; ++frame) {
    const int drawing = resolved.at[static_cast<std::size_t>(frame)];
    if (!resolved.exposures.empty() && resolved.exposures.back().drawing == drawing) {
      ++resolved.exposures.back().frames;
    } else {
      resolved.exposures.push_back({drawing, frame, 1});
    }
  }
  return resolved;
}

std::vector<SheetSpan> spans(const SheetTrack& track, int duration) {
  std::vector<SheetSpan> found;
  bool open = false;        // the last span may still grow
  bool hyphenated = false;  // its length is written out
  const auto close = [&](int frame) {
    if (open && !hyphenated) found.back().frames = std::max(1, frame - found.back().first_frame);
    open = false;
  };
  for (const SheetEntry& entry : track.entries) {
    if (entry.frame >= duration) break;
    const int frame = std::max(0, entry.frame);
    if (entry.mark == Mark::text) {
      close(frame);
      SheetSpan span{frame, 1, {entry.name}};
      span.values.insert(span.values.end(), entry.more.begin(), entry.more.end());
      found.push_back(std::move(span));
      open = true;
      hyphenated = false;
    } else if (entry.mark == Mark::hold) {
      if (!open) continue;
      hyphenated = true;
      found.back().frames = std::max(1, frame - found.back().first_frame + 1);
    } else if (entry.mark != Mark::other) {
      close(frame);
    }
  }
  close(duration);
  return found;
}

}  // namespace nakawari
