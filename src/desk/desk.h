/// \file
/// The desk behind the page: one cut in memory. It says what there is to see, takes corrections, keeps them
/// in the cut's fixes before it says that it has them, answers at once with a first new drawing, and builds
/// the rest behind (cut/build.h). The artist's files are only read.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "cut/build.h"
#include "cut/disk.h"
#include "cut/load_cut.h"
#include "cut/paint_memory.h"
#include "cut/video.h"
#include "desk/bucket.h"
#include "desk/first_paint.h"
#include "desk/pixels.h"
#include "desk/redraw.h"
#include "desk/scene.h"

namespace nakawari {

struct DeskOptions {
  std::string folder;
  std::string author;  ///< of fixes that name none
  std::string program_key;
  Threads threads;
};

/// The drawing that a person looks at: it is drawn first.
struct Shown {
  std::string cel, drawing;
};

/// What a correction would change.
struct Preview {
  std::string picture;  ///< of the shown drawing as it would be; empty: not known before the build
  bool paint = false;   ///< the picture is of paint, else of lines
  std::vector<std::string> drawings;  ///< stems that may change
  std::vector<Box> places;            ///< where the shown drawing changes, px
};

/// All calls may come from several threads at once.
class Desk {
 public:
  Desk(Disk& disk, VideoEncoder& encoder, DeskOptions options);
  ~Desk();

  /// Reads the cut, shows what is there, and starts to build. Errors: those of load_cut.
  Result<void> open();

  /// What there is to see now.
  [[nodiscard]] std::shared_ptr<const Scene> scene() const;
  /// The scene once it is newer than `version`, or nullptr after a while or when the desk closes.
  std::shared_ptr<const Scene> newer_than(long version, int milliseconds) const;

  /// Keeps a correction. When it returns, the fix is on the disk and the scene shows it.
  /// Errors: not_found, wrong_use: with what is wrong with it; bad_input, io: those of append_fix.
  Result<std::string> say(const std::string& cel, Fix fix, const Shown& shown);
  /// Takes one back. Errors: those of remove_fix.
  Result<Fix> take_back(const std::string& cel, const std::string& id, const Shown& shown);
  /// Approves a drawing as it is seen: `line` and `paint` name the pictures on the screen, which are kept
  /// beside the fixes. Errors: wrong_use when the drawing has changed since.
  Result<std::string> approve(const std::string& cel, Fix fix, const std::string& line,
                              const std::string& paint);
  /// What `say` would change. Nothing is kept.
  Result<Preview> preview(const std::string& cel, Fix fix, const Shown& shown);

  /// The strokes of two neighbouring keys and how they belong together, as JSON.
  Result<std::string> strokes_json(const std::string& cel, const std::string& from, const std::string& to);

  /// Looks whether a person changed a file of the cut, and shows and builds anew where so.
  void look_at_files();
  /// Makes frames, video and report too.
  void make_video();
  /// Bytes of the cut's voice; nullptr without one.
  [[nodiscard]] std::shared_ptr<const Bytes> sound() const;

  Pixels& pixels() { return pixels_; }
  void close();

 private:
  class Progressing;
  struct Quick {
    std::string line, paint;             ///< names of pictures
    bool settled = true;                 ///< the line is what the build will make too
    bool paint_fits = false;             ///< the paint is of that line
    std::optional<Judgement> judgement;  ///< of the line
  };
  /// What was shown of a correction of paint before it was said.
  struct Tried {
    Fix fix;
    std::string before, after;  ///< names of pictures
  };

  // Of the cut; the caller holds `hand_`.
  Result<void> reload();
  void load_extras();
  void load_sound();
  [[nodiscard]] std::string signature() const;
  [[nodiscard]] std::string at(const std::string& path) const { return join_path(cut_.folder, path); }
  /// "CEL/STEM", by which the maps below know a drawing.
  static std::string full_name(const std::string& cel, const std::string& stem);
  [[nodiscard]] std::string fixes_path(const std::string& cel) const;
  const LoadedCel* find_cel(const std::string& name) const;
  std::string picture(const std::string& path, bool still);
  SceneDrawing compose(const LoadedCel& cel, const LoadedDrawing& drawing);
  void show(const std::optional<SceneJob>& job = std::nullopt);
  Result<void> complete(const LoadedCel& cel, Fix& fix);
  void mark_paint(const LoadedCel& cel, const LoadedDrawing& drawing, Fix& fix);
  void answer(const LoadedCel& cel, const Fix& fix, const Shown& shown);
  struct MadeOf {
    Bytes svg, provenance;
  };
  MadeOf made_of(const LoadedCel& cel, const LoadedDrawing& drawing, const std::string& line);
  void forget_approved(const std::string& cel, const Fix& fix);
  /// Where an approved drawing is kept, without its ending.
  static std::string approved_base(const std::string& cel, const std::string& stem);
  void doubt(const LoadedCel& cel, const Fix& fix);
  [[nodiscard]] std::optional<FirstPaint> paint_input(const LoadedCel& cel, const LoadedDrawing& drawing);
  void paint_first(long edit);
  Result<Quick> first_answer(const LoadedCel& cel, const Fix& fix, const LoadedDrawing& drawing);
  Result<std::string> repainted(const LoadedCel& cel, const Fix& fix, const LoadedDrawing& drawing);
  [[nodiscard]] std::optional<Rgba8> colour_of(const std::string& cel, const std::string& style) const;

  void publish(SceneJob job);
  void edited();
  [[nodiscard]] Threads spare_threads() const;
  void build_until_closed();
  void build_once(long edit, bool everything);
  void stage_done(long edit);

  Disk& disk_;
  VideoEncoder& encoder_;
  DeskOptions options_;
  PaintMemory paint_memory_;  ///< of the builds, which run one at a time
  Pixels pixels_;
  Redrawer redrawer_;

  /// Guards the cut as loaded last and what is known of it.
  mutable std::mutex hand_;
  LoadedCut cut_;
  std::string signature_;
  std::optional<CutSummary> summary_;     ///< of the last finished build
  std::map<std::string, Quick> quick_;    ///< first answers by full name, until a build replaces them
  std::set<std::string> doubted_;         ///< full names of drawings changed since they were judged
  std::map<std::string, Tried> painted_;  ///< by id of a paint fix: what it changed
  std::optional<Tried> tried_;            ///< the last one that was previewed
  std::map<std::string, std::pair<Stamp, std::string>> files_;  ///< names of pictures by path
  std::map<std::string, std::vector<Swatch>> swatches_;         ///< by cel
  std::map<std::string, ColourModel> models_;                   ///< by cel
  std::optional<Shown> to_paint_;  ///< corrected, and seen without its paint until `paint_first`
  std::shared_ptr<const Bytes> sound_;
  std::string sound_name_, load_error_;

  std::atomic<long> question_{0};  ///< of the last preview in paint
  std::mutex painting_;            ///< held while one is painted

  /// Guards the published scene.
  mutable std::mutex shown_;
  mutable std::condition_variable changed_;
  std::shared_ptr<const Scene> scene_;

  std::mutex work_;
  std::condition_variable wake_;
  std::atomic<long> edit_{0};    ///< raised by everything that a build depends on
  std::atomic<long> built_{-1};  ///< the edit that the last build ended with, well or not
  bool dirty_ = false, video_ = false, built_once_ = false;
  std::atomic<bool> closed_{false};
  std::thread builder_;
};

}  // namespace nakawari
