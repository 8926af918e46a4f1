#include "cut/steps.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/check.h"

namespace nakawari {
namespace {

using nlohmann::json;

constexpr int kLogVersion = 1;
const char* const kLogPath = "out/.cache/log";

/// A file whose time of modification is this near to the moment at which it was read could be written again
/// within the clock's grain; such a stamp proves nothing. Two seconds is the grain of the coarsest file
/// system.
constexpr std::int64_t kGrainNs = 2'000'000'000;

/// A damaged hash is that of nothing.
Hash hash_from(const std::string& hex) {
  return hash_from_hex(hex).value_or(Hash{});
}

Stamp stamp_from(const json& size, const json& modified, const json& inode) {
  return {true, false, size.get<std::uint64_t>(), modified.get<std::int64_t>(), inode.get<std::uint64_t>()};
}

bool same_inputs(const StepInput& a, const StepInput& b) {
  return a.what == b.what && a.hash == b.hash;
}

/// Why the inputs of a step are not those of the last time, or empty.
std::string why_inputs(const std::vector<StepInput>& before, const std::vector<StepInput>& now) {
  for (const StepInput& input : now) {
    const auto old =
        std::find_if(before.begin(), before.end(), [&](const StepInput& b) { return b.what == input.what; });
    if (old == before.end()) return input.what + " is new";
    if (old->hash != input.hash) return input.what + " changed";
  }
  for (const StepInput& input : before)
    if (std::none_of(now.begin(), now.end(), [&](const StepInput& n) { return n.what == input.what; }))
      return input.what + " is gone";
  if (!std::equal(before.begin(), before.end(), now.begin(), now.end(), same_inputs))
    return "the order of its inputs changed";
  return {};
}

}  // namespace

StepLog::StepLog(Disk& disk, std::string folder) : disk_(disk), folder_(std::move(folder)) {
  load();
}

void StepLog::load() {
  const auto bytes = disk_.read(at(kLogPath));
  if (!bytes) return;
  std::istringstream lines(std::string(bytes->begin(), bytes->end()));
  std::string line;
  const json head = std::getline(lines, line) ? json::parse(line, nullptr, false) : json();
  if (!head.is_object() || head.value("log", 0) != kLogVersion) return;
  while (std::getline(lines, line)) load_line(line);
}

void StepLog::load_line(const std::string& line) {
  const json entry = json::parse(line, nullptr, false);
  if (!entry.is_object()) return;  // torn by a kill
  try {
    if (entry.contains("read")) {
      const json& s = entry.at("stamp");
      seen_[entry.at("read")] = {stamp_from(s.at(0), s.at(1), s.at(2)), hash_from(entry.at("hash"))};
    } else if (entry.contains("will")) {
      for (std::size_t i = 0; i < entry.at("will").size(); ++i)
        promised_[entry.at("will").at(i)].insert(entry.at("hash").at(i).get<std::string>());
    } else if (entry.contains("done")) {
      Done done;
      for (const json& in : entry.at("in")) done.inputs.push_back({in.at(0), hash_from(in.at(1))});
      for (const json& out : entry.at("out"))
        done.outputs.push_back(
            {out.at(0), hash_from(out.at(1)), stamp_from(out.at(2), out.at(3), out.at(4))});
      done_[entry.at("done")] = std::move(done);
    }
  } catch (const std::exception&) {
    // A line of another form counts for nothing: its step runs again.
  }
}

Result<void> StepLog::append(const std::string& line) {
  if (!changed_) {
    changed_ = true;
    if (!disk_.stamp(at(kLogPath)).exists)
      if (auto head = disk_.append(at(kLogPath), json{{"log", kLogVersion}}.dump() + "\n"); !head)
        return head;
  }
  // A torn last line of a killed build must not swallow this one.
  return disk_.append(at(kLogPath), "\n" + line + "\n");
}

Result<Hash> StepLog::input(const std::string& path) {
  const Stamp now = disk_.stamp(at(path));
  {
    const std::scoped_lock hold(mutex_);
    const auto it = seen_.find(path);
    if (it != seen_.end() && now.exists && it->second.stamp == now) return it->second.hash;
  }
  auto file = read_stable(disk_, at(path));
  if (!file) return Failure(std::move(file.error()));
  const Hash hash = hash_of(file->bytes);
  if (disk_.now_ns() - file->stamp.modified_ns < kGrainNs) return hash;

  const std::scoped_lock hold(mutex_);
  seen_[path] = {file->stamp, hash};
  const Stamp& s = file->stamp;
  const json line{{"read", path}, {"stamp", {s.size, s.modified_ns, s.inode}}, {"hash", hash.hex()}};
  if (auto written = append(line.dump(-1, ' ', false, json::error_handler_t::replace)); !written)
    return Failure(std::move(written.error()));
  return hash;
}

std::string StepLog::why_outputs(const Done& done, std::vector<Made>& fresh) {
  for (const Made& made : done.outputs) {
    const Stamp now = disk_.stamp(at(made.path));
    if (!now.exists) return made.path + " is missing";
    if (now == made.stamp) continue;
    const auto bytes = disk_.read(at(made.path));
    if (!bytes || hash_of(*bytes) != made.hash) return made.path + " is not what was written";
    fresh.push_back({made.path, made.hash, now});
  }
  return {};
}

std::string StepLog::why_dirty(const StepSpec& step) {
  const std::scoped_lock hold(mutex_);
  wanted_.insert(step.name);
  const auto it = done_.find(step.name);
  if (it == done_.end()) return "it was not done before";
  if (std::string why = why_inputs(it->second.inputs, step.inputs); !why.empty()) return why;
  const bool same_files = std::equal(
      it->second.outputs.begin(), it->second.outputs.end(), step.outputs.begin(), step.outputs.end(),
      [](const Made& made, const std::string& path) { return made.path == path; });
  if (!same_files) return "it makes other files now";
  std::vector<Made> fresh;
  if (std::string why = why_outputs(it->second, fresh); !why.empty()) return why;
  // Same bytes under a new stamp: the folder was copied. Remember the stamps.
  for (const Made& made : fresh)
    for (Made& old : it->second.outputs)
      if (old.path == made.path) old.stamp = made.stamp, changed_ = true;
  return {};
}

std::vector<Hash> StepLog::outputs(const StepSpec& step) const {
  const std::scoped_lock hold(mutex_);
  const auto it = done_.find(step.name);
  NAKAWARI_CHECK(it != done_.end());
  std::vector<Hash> hashes;
  for (const Made& made : it->second.outputs) hashes.push_back(made.hash);
  return hashes;
}

Result<void> StepLog::keep_foreign(const std::string& path) {
  if (!disk_.stamp(at(path)).exists) return {};
  const auto bytes = disk_.read(at(path));
  if (!bytes) return {};
  const std::string hex = hash_of(*bytes).hex();
  std::string copy;
  {
    const std::scoped_lock hold(mutex_);
    bool ours = promised_[path].contains(hex), known = !promised_[path].empty();
    for (const auto& [name, done] : done_)
      for (const Made& made : done.outputs)
        if (made.path == path) {
          known = true;
          ours = ours || made.hash.hex() == hex;
        }
    if (ours || !known) return {};
    constexpr std::size_t kShown = 8;
    std::string flat = path.substr(path.find('/') + 1);
    copy = "out/changed-by-hand/" + hex.substr(0, kShown) + "/" + flat;
    notes_.push_back({"changed-by-hand",
                      "was changed by another program; it is kept as " + copy +
                          " (to make it count, save it into the cel's own folder)",
                      {.file = path}});
  }
  return disk_.rename(at(path), at(copy));
}

Result<void> StepLog::record(const StepSpec& step, Done done) {
  const std::scoped_lock hold(mutex_);
  const std::string line = done_line(step.name, done);
  done_[step.name] = std::move(done);
  return append(line);
}

std::string StepLog::done_line(const std::string& name, const Done& done) {
  json entry{{"done", name}, {"in", json::array()}, {"out", json::array()}};
  for (const StepInput& input : done.inputs) entry["in"].push_back({input.what, input.hash.hex()});
  for (const Made& made : done.outputs)
    entry["out"].push_back(
        {made.path, made.hash.hex(), made.stamp.size, made.stamp.modified_ns, made.stamp.inode});
  return entry.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<void> StepLog::finish(const StepSpec& step, const std::vector<std::span<const std::uint8_t>>& bytes) {
  NAKAWARI_CHECK(bytes.size() == step.outputs.size());
  Done done{step.inputs, {}};
  json will{{"will", step.outputs}, {"hash", json::array()}};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    NAKAWARI_CHECK(step.outputs[i].starts_with("out/"));  // law 1: nothing else is ever written
    if (auto kept = keep_foreign(step.outputs[i]); !kept) return kept;
    // Equal neighbours (a hold) share their storage: hash them once.
    const bool again =
        i > 0 && bytes[i].data() == bytes[i - 1].data() && bytes[i].size() == bytes[i - 1].size();
    done.outputs.push_back({step.outputs[i], again ? done.outputs[i - 1].hash : hash_of(bytes[i]), {}});
    will["hash"].push_back(done.outputs[i].hash.hex());
  }
  {
    const std::scoped_lock hold(mutex_);
    const std::string line = will.dump(-1, ' ', false, json::error_handler_t::replace);
    if (auto written = append(line); !written) return written;
  }
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (auto written = disk_.write(at(step.outputs[i]), bytes[i]); !written) return written;
    done.outputs[i].stamp = disk_.stamp(at(step.outputs[i]));
  }
  return record(step, std::move(done));
}

Result<void> StepLog::finish_moved(const StepSpec& step, const std::string& written) {
  NAKAWARI_CHECK(step.outputs.size() == 1 && step.outputs[0].starts_with("out/"));
  const std::string& path = step.outputs[0];
  if (auto kept = keep_foreign(path); !kept) return kept;
  const auto bytes = disk_.read(at(written));
  if (!bytes) return Failure(bytes.error());
  const Hash hash = hash_of(*bytes);
  {
    const std::scoped_lock hold(mutex_);
    const json will{{"will", {path}}, {"hash", {hash.hex()}}};
    if (auto promised = append(will.dump()); !promised) return promised;
  }
  if (auto moved = disk_.rename(at(written), at(path)); !moved) return moved;
  return record(step, {step.inputs, {{path, hash, disk_.stamp(at(path))}}});
}

Result<void> StepLog::close(bool keep_unwanted) {
  const std::scoped_lock hold(mutex_);
  std::set<std::string> paths;
  for (const auto& [name, done] : done_)
    if (wanted_.contains(name))
      for (const Made& made : done.outputs) paths.insert(made.path);
  for (auto it = done_.begin(); it != done_.end();) {
    if (keep_unwanted || wanted_.contains(it->first)) {
      ++it;
      continue;
    }
    for (const Made& made : it->second.outputs) {
      if (paths.contains(made.path)) continue;
      // A file that someone else has changed since is not ours to remove.
      if (const auto bytes = disk_.read(at(made.path)); bytes && hash_of(*bytes) == made.hash)
        if (auto removed = disk_.remove(at(made.path)); !removed) return removed;
    }
    it = done_.erase(it);
    changed_ = true;
  }
  if (!changed_) return {};
  std::string text = json{{"log", kLogVersion}}.dump() + "\n";
  for (const auto& [path, seen] : seen_)
    text += json{{"read", path},
                 {"stamp", {seen.stamp.size, seen.stamp.modified_ns, seen.stamp.inode}},
                 {"hash", seen.hash.hex()}}
                .dump(-1, ' ', false, json::error_handler_t::replace) +
            "\n";
  for (const auto& [name, done] : done_) text += done_line(name, done) + "\n";
  return disk_.write_text(at(kLogPath), text);
}

Report StepLog::notes() const {
  const std::scoped_lock hold(mutex_);
  return notes_;
}

}  // namespace nakawari
