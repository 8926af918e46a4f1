#include "desk/redraw.h"

#include <algorithm>

#include "cut/build_state.h"
#include "cut/serial.h"
#include "desk/local_fix.h"
#include "drawing/render.h"

namespace nakawari {
namespace {

const LoadedDrawing& drawing_at(const LoadedCel& cel, int index) {
  return cel.drawings[static_cast<std::size_t>(index)];
}

template <typename Ids>
bool includes(const std::set<std::string>& all, const Ids& some) {
  return std::all_of(some.begin(), some.end(), [&](const std::string& id) { return all.contains(id); });
}

Result<Drawing> traced(Disk& disk, const std::string& path) {
  const auto bytes = disk.read(path);
  if (!bytes) return Failure(bytes.error());
  auto key = traced_key_from(*bytes);
  if (!key) return Failure(std::move(key.error()));
  return std::move(key->drawing);
}

/// `base` with the fixes that it does not obey yet.
std::shared_ptr<const ReadyPair> corrected(const ReadyPair& base, const std::vector<Fix>& fixes,
                                           const std::set<std::string>& wanted) {
  std::vector<const Fix*> added, lost;
  for (const Fix& fix : fixes)
    if (!base.obeyed.contains(fix.id)) added.push_back(&fix);
  std::vector<std::string> used;
  auto pair = std::make_shared<ReadyPair>();
  pair->a = base.a;
  pair->b = base.b;
  pair->correspondence =
      with_fixes(base.correspondence, base.a, base.b, match_fixes(added, base.a, base.b, lost, used));
  pair->obeyed = wanted;
  pair->settled = added.empty() && base.settled;
  pair->inbetweener = std::make_unique<Inbetweener>(pair->a, pair->b, pair->correspondence);
  return pair;
}

}  // namespace

Result<std::shared_ptr<const ReadyPair>> Redrawer::pair(const LoadedCut& cut, const LoadedCel& cel,
                                                        PairOfKeys keys) {
  const LoadedDrawing &a = drawing_at(cel, keys.from), &b = drawing_at(cel, keys.to);
  const auto at = [&](const StepSpec& step) { return join_path(cut.folder, step.outputs.front()); };
  const std::string path_a = at(trace_spec(cel, a)), path_b = at(trace_spec(cel, b));
  const std::string name = cel.file.name + " " + a.stem + " " + b.stem;
  const Stamp stamp_a = disk_.stamp(path_a), stamp_b = disk_.stamp(path_b);
  const std::vector<Fix> fixes = fixes_of_pair(cel, a, b);
  std::set<std::string> wanted;
  for (const Fix& fix : fixes) wanted.insert(fix.id);

  const std::lock_guard lock(mutex_);
  const auto ours = [&](const Entry& e) { return e.name == name && e.a == stamp_a && e.b == stamp_b; };
  const auto keep = [&](std::shared_ptr<const ReadyPair> pair) {
    std::erase_if(entries_, [&](const Entry& e) { return ours(e) && e.pair->obeyed == pair->obeyed; });
    entries_.push_back({name, stamp_a, stamp_b, pair});
    if (entries_.size() > kMostPairs) entries_.erase(entries_.begin());
    return pair;
  };
  for (const Entry& entry : entries_)
    if (ours(entry) && entry.pair->settled && entry.pair->obeyed == wanted) return keep(entry.pair);

  // What the build has matched last, in full or as a start.
  std::shared_ptr<const ReadyPair> base;
  if (const auto bytes = disk_.read(at(match_spec(cel, a, b)))) {
    auto matched = matched_pair_from(*bytes);
    if (!matched) return Failure(std::move(matched.error()));
    auto built = std::make_shared<ReadyPair>();
    built->obeyed.insert(matched->used.begin(), matched->used.end());
    built->obeyed.insert(matched->lost.begin(), matched->lost.end());
    if (includes(wanted, built->obeyed)) {
      auto da = traced(disk_, path_a);
      if (!da) return Failure(std::move(da.error()));
      auto db = traced(disk_, path_b);
      if (!db) return Failure(std::move(db.error()));
      built->a = std::move(*da);
      built->b = std::move(*db);
      built->correspondence = std::move(matched->correspondence);
      if (built->obeyed == wanted) {
        built->inbetweener = std::make_unique<Inbetweener>(built->a, built->b, built->correspondence);
        return keep(std::move(built));
      }
      base = std::move(built);
    }
  }
  for (const Entry& entry : entries_) {
    if (!ours(entry) || !includes(wanted, entry.pair->obeyed)) continue;
    if (entry.pair->obeyed == wanted) return keep(entry.pair);
    if (!base || entry.pair->obeyed.size() > base->obeyed.size()) base = entry.pair;
  }
  if (!base) return fail(ErrorCode::not_found, "this pair has yet to be matched");
  return keep(corrected(*base, fixes, wanted));
}

Result<Raster> Redrawer::lines(const ReadyPair& pair, const LoadedDrawing& drawing) const {
  std::vector<GroupSpacing> groups;
  for (const PlannedGroup& group : drawing.plan.groups)
    if (group.placed) groups.push_back({{group.x, group.y}, group.t});
  auto made = pair.inbetweener->at(drawing.plan.t, groups);
  if (!made) return Failure(std::move(made.error()));
  return to_raster(render_lines(made->drawing));
}

}  // namespace nakawari
