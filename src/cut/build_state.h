/// \file
/// What the stages of one build share. Internal to the build.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cut/build.h"
#include "cut/load_cut.h"
#include "cut/pairs.h"
#include "cut/stage.h"

namespace nakawari {

/// The frames of the cut as the report shows them; empty when no frames were made.
struct Film {
  std::vector<std::string> small;  ///< one small picture per different frame
  std::vector<Hash> hashes;        ///< of those files
  std::vector<int> at;             ///< one per frame: index into `small`
};

struct BuildState {
  Disk& disk;
  const BuildOptions& options;
  VideoEncoder& encoder;
  Progress& progress;
  LoadedCut cut;
  StepLog& log;
  StageRunner stages;
  int width = 0, height = 0;  ///< of the cut, known once a key is traced
  Report notes;               ///< that arose after loading
  Report trouble;
  std::vector<PaintChange> paint_changes;
  Film film;

  [[nodiscard]] std::string at(const std::string& path) const { return join_path(cut.folder, path); }
  [[nodiscard]] bool wanted(const LoadedCel& cel) const;
};

/// The inputs that every step has.
StepInput program_input(const BuildState& state);
StepInput value_input(const std::string& what, const std::string& value);
StepInput value_input(const std::string& what, double value);

/// Reads an artist's file whose hash the steps were planned with. An error with `changed_while_building` when
/// the bytes have another hash by now; the build then starts over.
Result<std::vector<std::uint8_t>> read_input(BuildState& state, const std::string& path, Hash expected);
inline constexpr const char* kChangedWhileBuilding = "was changed while the build was reading it";

/// A derived file, read back.
Result<std::vector<std::uint8_t>> read_output(BuildState& state, const std::string& path);

/// The same as a picture.
Result<Raster> read_picture_from(BuildState& state, const std::string& path);

/// A picture of exactly the cut's size, else an error that names both.
Result<void> check_size(const BuildState& state, const std::string& path, int width, int height);

/// Specs of the steps whose outputs others use.
StepSpec trace_spec(const LoadedCel& cel, const LoadedDrawing& drawing, std::vector<StepInput> inputs = {});
StepSpec match_spec(const LoadedCel& cel, const LoadedDrawing& from, const LoadedDrawing& to,
                    std::vector<StepInput> inputs = {});
/// Outputs: the parts of the eyes of a key of a cel with LoadedCel::names.
StepSpec eyes_spec(const LoadedCel& cel, const LoadedDrawing& drawing, std::vector<StepInput> inputs = {});
StepSpec draw_spec(const LoadedCel& cel, const LoadedDrawing& drawing, std::vector<StepInput> inputs = {});
/// Outputs: the styles of a picture that a person painted; its colours that the model lacks, in words. Only
/// of cels with a colour model.
StepSpec given_spec(const LoadedCel& cel, const LoadedDrawing& drawing, std::vector<StepInput> inputs = {});
/// Which lines of a cel's drawings the painter matched; the next paint of the cel takes from it what it would
/// match again (build_paint_job.h).
std::string line_matches_path(const LoadedCel& cel);
/// Outputs: per painted drawing its styles and its judgement; then the lines that were matched, the list of
/// lost fixes, and of a cel without a colour model the one that was taken from its references.
StepSpec paint_spec(const LoadedCel& cel, std::vector<StepInput> inputs = {});
/// Outputs: .png, .tga of a painted drawing.
StepSpec colour_spec(const LoadedCel& cel, const LoadedDrawing& drawing, std::vector<StepInput> inputs = {});

/// True when the drawing has lines after the draw stage (it is a key or an in-between).
bool has_lines(const LoadedDrawing& drawing);
/// True when a person painted a drawing of the cel, or its colour model has a picture, so that the program
/// can paint the rest.
bool is_painted(const LoadedCel& cel);
/// The picture of the drawing's lines: the artist's file or ours.
std::string line_path(const LoadedCel& cel, const LoadedDrawing& drawing);
std::string painted_path(const LoadedCel& cel, const LoadedDrawing& drawing);
/// Where the sidecar that says where the drawing's strokes come from lies.
std::string provenance_path(const LoadedCel& cel, const LoadedDrawing& drawing);
/// The picture of its lines, or of its paint, that a person approved of a drawing that the program made, kept
/// beside the fixes (relative to the cut); empty: nothing was approved, or the file is gone.
std::string approved_lines(const BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing);
std::string approved_paint(const BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing);
/// Reads the pictures of a sheet that load_face.h left out. `sources`: per sample and picture, as in
/// LoadedFaceSheet.
Result<void> read_sheet_pictures(BuildState& state, const std::vector<std::vector<std::string>>& sources,
                                 ExpressionSheet& sheet);

/// The hash of line_path.
Result<Hash> line_hash(BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing);

/// Names the parts of the eyes on the keys of pairs, where their cel has LoadedCel::names; notes eyes that
/// are not found.
Result<void> name_eyes(BuildState& state, const std::vector<Pair>& pairs);
/// What it named on a key; empty for a cel without names.
Result<std::vector<NamedEye>> eyes_of_key(BuildState& state, const LoadedCel& cel,
                                          const LoadedDrawing& drawing);

/// The stages, in the order of the flow (ARCHITECTURE.md, "How a cut flows").
Result<void> build_lines(BuildState& state);  ///< trace, match, name eyes, draw
Result<void> build_faces(BuildState& state);  ///< faces that are mixed
Result<void> build_paint(BuildState& state);
Result<void> build_frames(BuildState& state);  ///< composite, video

}  // namespace nakawari
