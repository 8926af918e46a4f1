#include "desk/redraw.h"

#include <algorithm>

#include "cut/build_state.h"
#include "cut/serial.h"
#include "drawing/render.h"
#include "match/sample_graph.h"

namespace nakawari {
namespace {

template <typename Ids>
bool includes(const std::set<std::string>& all, const Ids& some) {
  return std::all_of(some.begin(), some.end(), [&](const std::string& id) { return all.contains(id); });
}

/// Where the build keeps what it matched last.
std::string match_path(const LoadedCut& cut, const Pair& keys) {
  return join_path(cut.folder, match_spec(*keys.cel, keys.a(), keys.b()).outputs.front());
}

/// Where the build keeps what it named last.
std::string eyes_path(const LoadedCut& cut, const LoadedCel& cel, const LoadedDrawing& key) {
  return join_path(cut.folder, eyes_spec(cel, key).outputs.front());
}

/// Whether a correspondence is of these drawings; one of a key that was replaced since is not.
bool is_of(const Correspondence& correspondence, const Drawing& a, const Drawing& b) {
  return correspondence.a_to_b.size() == sample_graph(a).samples.size() &&
         correspondence.b_to_a.size() == sample_graph(b).samples.size();
}

std::string stamp_text(const Stamp& stamp) {
  return std::to_string(stamp.modified_ns) + " " + std::to_string(stamp.size) + " ";
}

/// `base` with the fixes that it does not obey yet: what matching anew would give (match.h), at once.
Result<std::shared_ptr<ReadyPair>> corrected(const ReadyPair& base, const std::vector<Fix>& fixes,
                                             const std::set<std::string>& wanted) {
  std::vector<const Fix*> added, lost;
  for (const Fix& fix : fixes)
    if (!base.obeyed.contains(fix.id)) added.push_back(&fix);
  std::vector<std::string> used;
  auto again =
      rematch(*base.a, *base.b, base.correspondence, match_fixes(added, *base.a, *base.b, lost, used));
  if (!again) return Failure(std::move(again.error()));
  auto pair = std::make_shared<ReadyPair>();
  pair->a = base.a;
  pair->b = base.b;
  pair->correspondence = std::move(*again);
  pair->obeyed = wanted;
  pair->settled = false;
  return pair;
}

}  // namespace

const Inbetweener& ReadyPair::inbetweener() const {
  std::call_once(prepared_,
                 [&] { inbetweener_ = std::make_unique<Inbetweener>(*a, *b, correspondence, options); });
  return *inbetweener_;
}

/// A file of the cache, decoded when it is another than last time.
template <typename T, typename Decode>
Result<std::shared_ptr<const T>> Redrawer::read(Known<T>& known, const std::string& path, Decode decode) {
  const Stamp stamp = disk_.stamp(path);
  if (const auto it = known.find(path); it != known.end() && it->second.first == stamp)
    return it->second.second;
  const auto bytes = disk_.read(path);
  if (!bytes) return Failure(bytes.error());
  auto value = decode(*bytes);
  if (!value) return Failure(std::move(value.error()));
  auto shared = std::make_shared<const T>(std::move(*value));
  // Replaced between the two looks at it: not to be known by that stamp.
  if (disk_.stamp(path) == stamp) known[path] = {stamp, shared};
  return shared;
}

Result<std::shared_ptr<const TracedKey>> Redrawer::traced(const std::string& path) {
  return read(traced_, path, traced_key_from);
}

Result<std::shared_ptr<const MatchedPair>> Redrawer::matched(const std::string& path) {
  return read(matched_, path, matched_pair_from);
}

std::shared_ptr<const Correspondence> Redrawer::matched_last(const LoadedCut& cut, const Pair* keys) {
  if (keys == nullptr) return nullptr;
  const auto pair = matched(match_path(cut, *keys));
  return pair ? std::shared_ptr<const Correspondence>(*pair, &(*pair)->correspondence) : nullptr;
}

std::vector<NamedEye> Redrawer::eyes_last(const LoadedCut& cut, const LoadedCel& cel,
                                          const LoadedDrawing& key) {
  if (!cel.names) return {};
  const auto named = read(eyes_, eyes_path(cut, cel, key), named_eyes_from);
  return named ? (*named)->eyes : std::vector<NamedEye>();
}

Result<std::shared_ptr<const ReadyPair>> Redrawer::pair(const LoadedCut& cut, const Pair& keys) {
  const LoadedCel& cel = *keys.cel;
  const LoadedDrawing &a = keys.a(), &b = keys.b();
  const auto traced_path = [&](const LoadedDrawing& key) {
    return join_path(cut.folder, trace_spec(cel, key).outputs.front());
  };
  const std::string path_a = traced_path(a), path_b = traced_path(b);
  const std::string name = cel.file.name + " " + a.stem + " " + b.stem;
  const Stamp stamp_a = disk_.stamp(path_a), stamp_b = disk_.stamp(path_b);
  const std::vector<Fix> fixes = fixes_of_pair(cel, a, b);
  std::set<std::string> wanted;
  for (const Fix& fix : fixes) wanted.insert(fix.id);

  // Paths run on through the keys, so the pairs around this one have their say.
  const std::vector<Pair> pairs = pairs_of(cel);
  const PairsAround near = around_of(pairs, keys);
  std::string around = pace_text(keys, near) + " " + stamp_text(disk_.stamp(match_path(cut, keys)));
  for (const Pair* other : {near.before, near.after})
    if (other != nullptr) around += stamp_text(disk_.stamp(match_path(cut, *other)));
  for (const LoadedDrawing* key : {&a, &b})
    if (cel.names) around += stamp_text(disk_.stamp(eyes_path(cut, cel, *key)));

  const std::lock_guard lock(mutex_);
  const auto ours = [&](const Entry& e) { return e.name == name && e.a == stamp_a && e.b == stamp_b; };
  const auto keep = [&](std::shared_ptr<const ReadyPair> pair) {
    std::erase_if(entries_, [&](const Entry& e) { return ours(e) && e.pair->obeyed == pair->obeyed; });
    entries_.push_back({name, stamp_a, stamp_b, pair});
    if (entries_.size() > kMostPairs) entries_.erase(entries_.begin());
    return pair;
  };
  const auto prepare = [&](std::shared_ptr<ReadyPair> pair) {
    pair->around = around;
    pair->options =
        inbetween_options(keys, near, matched_last(cut, near.before), matched_last(cut, near.after),
                          {eyes_last(cut, cel, a), eyes_last(cut, cel, b)}, *pair->a, *pair->b);
    return keep(std::move(pair));
  };
  const auto fits = [&](const Entry& e) {
    return ours(e) && e.pair->obeyed == wanted && e.pair->around == around;
  };
  for (const Entry& entry : entries_)
    if (fits(entry) && entry.pair->settled) return keep(entry.pair);

  // What the build has matched last, in full or as a start.
  std::shared_ptr<const ReadyPair> base;
  if (const auto last = matched(match_path(cut, keys))) {
    auto built = std::make_shared<ReadyPair>();
    built->obeyed.insert((*last)->used.begin(), (*last)->used.end());
    built->obeyed.insert((*last)->lost.begin(), (*last)->lost.end());
    if (includes(wanted, built->obeyed)) {
      const auto traced_a = traced(path_a), traced_b = traced(path_b);
      if (!traced_a) return Failure(traced_a.error());
      if (!traced_b) return Failure(traced_b.error());
      built->a = {*traced_a, &(*traced_a)->drawing};
      built->b = {*traced_b, &(*traced_b)->drawing};
      built->correspondence = (*last)->correspondence;
      // A key that was just replaced is traced anew before it is matched anew.
      if (!is_of(built->correspondence, *built->a, *built->b))
        return fail(ErrorCode::not_found, "this pair has yet to be matched");
      if (built->obeyed == wanted) return prepare(std::move(built));
      base = std::move(built);
    }
  }
  for (const Entry& entry : entries_) {
    if (!ours(entry) || !includes(wanted, entry.pair->obeyed)) continue;
    if (fits(entry)) return keep(entry.pair);
    if (!base || entry.pair->obeyed.size() > base->obeyed.size()) base = entry.pair;
  }
  if (!base) return fail(ErrorCode::not_found, "this pair has yet to be matched");
  auto again = corrected(*base, fixes, wanted);
  if (!again) return Failure(std::move(again.error()));
  return prepare(std::move(*again));
}

Result<Inbetween> Redrawer::drawn(const ReadyPair& pair, const LoadedDrawing& drawing) const {
  return pair.inbetweener().at(drawing.plan.t, spacings(drawing));
}

Result<Redrawer::Lines> Redrawer::lines(const ReadyPair& pair, const LoadedDrawing& drawing) const {
  auto made = drawn(pair, drawing);
  if (!made) return Failure(std::move(made.error()));
  return Lines{to_raster(render_lines(made->drawing)), std::move(made->judgement)};
}

}  // namespace nakawari
