#include "cut/stage.h"

#include <algorithm>
#include <optional>

#include "base/check.h"

namespace nakawari {
namespace {

constexpr double kNanoseconds = 1e9;

Failure stopped() {
  return fail(ErrorCode::cancelled, "stopped; what was finished is kept", "build again to go on");
}

}  // namespace

void StageRunner::count(const std::string& kind, int ran, int kept, const Start& start) {
  ran_ += ran;
  kept_ += kept;
  auto it = std::find_if(costs_.begin(), costs_.end(), [&](const StepCost& c) { return c.kind == kind; });
  if (it == costs_.end()) it = costs_.insert(costs_.end(), {kind});
  it->ran += ran;
  it->kept += kept;
  it->seconds += static_cast<double>(disk_.now_ns() - start.ns) / kNanoseconds;
  it->cpu_seconds += spent_().cpu_seconds - start.cpu_seconds;
}

Result<void> StageRunner::run(const std::string& kind, const std::vector<Job>& jobs,
                              const StageOptions& options) {
  const Start began = start();
  std::vector<std::size_t> dirty;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const std::string why = log_.why_dirty(jobs[i].spec);
    if (why.empty()) continue;
    explained_.push_back(jobs[i].spec.name + ": " + why);
    dirty.push_back(i);
  }
  if (!dirty.empty()) {
    if (progress_.cancelled()) return stopped();
    progress_.advance(kind, 0, static_cast<int>(dirty.size()));
    if (options.prepare)
      if (auto ready = options.prepare(dirty); !ready) return ready;
  }

  std::vector<std::optional<Error>> errors(dirty.size());
  int done = 0;
  parallel_for(options.threads, dirty.size(), [&](std::size_t i) {
    if (progress_.cancelled()) {
      errors[i] = stopped().value();
      return;
    }
    const Job& job = jobs[dirty[i]];
    auto produced = job.work();
    if (!produced) {
      errors[i] = std::move(produced.error());
      return;
    }
    std::vector<std::span<const std::uint8_t>> pieces;
    for (const auto& piece : *produced) pieces.emplace_back(*piece);
    if (auto finished = log_.finish(job.spec, pieces); !finished) {
      errors[i] = std::move(finished.error());
      return;
    }
    const std::scoped_lock hold(mutex_);
    progress_.advance(kind, ++done, static_cast<int>(dirty.size()));
  });
  count(kind, done, static_cast<int>(jobs.size() - dirty.size()), began);
  // A real error tells more than that the rest was stopped.
  for (const auto& error : errors)
    if (error && error->code != ErrorCode::cancelled) return Failure(*error);
  for (const auto& error : errors)
    if (error) return Failure(*error);
  return {};
}

Result<void> StageRunner::run_moved(const std::string& kind, const StepSpec& spec,
                                    const std::function<Result<void>(const std::string&)>& work) {
  const Start began = start();
  const std::string why = log_.why_dirty(spec);
  if (why.empty()) {
    count(kind, 0, 1, began);
    return {};
  }
  explained_.push_back(spec.name + ": " + why);
  if (progress_.cancelled()) return stopped();
  const std::string temporary = "out/.cache/" + file_name(spec.outputs.front()) + ".part";
  if (auto done = work(temporary); !done) return done;
  if (auto finished = log_.finish_moved(spec, temporary); !finished) return finished;
  count(kind, 1, 0, began);
  return {};
}

}  // namespace nakawari
