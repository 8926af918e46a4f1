// Building behind the hand: what was said and saved becomes drawings, as `nakawari build` makes them.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "desk/desk.h"

namespace nakawari {
namespace {

/// The calling thread gives way to what a hand waits for.
void give_way() {
#ifdef __linux__  // There a thread has a priority of its own.
  constexpr int kNice = 5;
  static_cast<void>(setpriority(PRIO_PROCESS, 0, kNice));
#endif
}

}  // namespace

void Desk::edited() {
  const std::lock_guard lock(work_);
  ++edit_;
  dirty_ = true;
  wake_.notify_all();
}

/// What works behind the hand leaves a core to it and to the browser.
Threads Desk::spare_threads() const {
  if (options_.threads.count != 0) return options_.threads;
  return {std::max(1, static_cast<int>(std::thread::hardware_concurrency()) - 1)};
}

void Desk::make_video() {
  const std::lock_guard lock(work_);
  dirty_ = video_ = true;
  wake_.notify_all();
}

void Desk::publish(SceneJob job) {
  const std::lock_guard lock(shown_);
  if (!scene_) return;
  auto next = std::make_shared<Scene>(*scene_);
  ++next->version;
  next->job = std::move(job);
  next->settled = built_ == edit_;
  scene_ = std::move(next);
  changed_.notify_all();
}

/// Tells the page what the build is at, a few times a second, and stops it when something was said meanwhile.
class Desk::Progressing : public Progress {
 public:
  Progressing(Desk& desk, long edit) : desk_(desk), edit_(edit) {}

  void advance(std::string_view step, int done, int total) override {
    constexpr std::int64_t kPause = 100'000'000;
    if (done == total && (step == "draw" || step == "paint" || step == "trace")) desk_.stage_done(edit_);
    const std::int64_t now = desk_.disk_.now_ns();
    if (now - told_ < kPause) return;
    told_ = now;
    desk_.publish({true, std::string(step), done, total, {}});
  }
  [[nodiscard]] bool cancelled() const override { return desk_.closed_ || desk_.edit_ != edit_; }

 private:
  Desk& desk_;
  long edit_;
  std::int64_t told_ = 0;
};

void Desk::stage_done(long edit) {
  const std::lock_guard lock(hand_);
  if (edit_ != edit) return;
  show();
}

void Desk::build_until_closed() {
  while (!closed_) {
    long edit = 0;
    bool everything = false;
    {
      std::unique_lock lock(work_);
      wake_.wait(lock, [&] { return closed_ || dirty_; });
      // The hand comes first: paint what it did when it has been still for a moment, then build.
      constexpr auto kStill = std::chrono::milliseconds(150);
      const auto moved = [&] {
        return wake_.wait_for(lock, kStill, [&] { return closed_ || edit_ != edit; });
      };
      do {
        edit = edit_;
        if (!built_once_ || moved()) continue;
        lock.unlock();
        paint_first(edit);
        lock.lock();
      } while (!closed_ && built_once_ && moved());
      if (closed_) return;
      dirty_ = false;
      everything = video_;
    }
    build_once(edit, everything);
  }
}

void Desk::build_once(long edit, bool everything) {
  Progressing progress(*this, edit);
  BuildOptions options;
  options.extent = everything ? Extent::everything : Extent::drawings;
  options.program_key = options_.program_key;
  options.threads = options_.threads;
  options.paint_memory = &paint_memory_;
  if (built_once_) options.threads = spare_threads();
  auto result = build_cut(disk_, options_.folder, options, encoder_, progress);
  if (edit_ != edit) return;
  if (!result) {
    if (result.error().code == ErrorCode::cancelled) return;
    built_ = edit;
    publish({false, {}, 0, 0, result.error().one_line()});
    if (result.error().message != kAnotherBuild) return;
    std::unique_lock lock(work_);
    wake_.wait_for(lock, std::chrono::seconds(1), [&] { return closed_ || edit_ != edit; });
    dirty_ = true;
    return;
  }
  const std::lock_guard lock(hand_);
  if (edit_ != edit) return;
  {
    const std::lock_guard work(work_);
    if (!built_once_) give_way();
    built_once_ = true;
    if (everything) video_ = false;
  }
  summary_ = std::move(result->summary);
  quick_.clear();
  doubted_.clear();
  painted_.clear();
  tried_.reset();
  built_ = edit;
  show(SceneJob());  // At one moment: nobody sees a cut that is done with the verdicts of before.
}

void Desk::look_at_files() {
  const std::lock_guard lock(hand_);
  if (signature() == signature_) return;
  if (auto loaded = reload(); !loaded) {
    load_error_ = loaded.error().one_line();
    signature_ = signature();
    publish({false, {}, 0, 0, load_error_});
    return;
  }
  load_error_.clear();
  for (const LoadedCel& cel : cut_.cels)
    for (const LoadedDrawing& drawing : cel.drawings)
      if (drawing.from >= 0) doubted_.insert(full_name(cel.file.name, drawing.stem));
  publish({});
  edited();
  show();
}

}  // namespace nakawari
